/** A test suite that others keep, and how this project fares by it. */
export interface VectorSuite {
  readonly name: string;
  /** Where it is kept. */
  readonly repository: string;
  /** Its folder within the folder of all suites. */
  readonly folder: string;
  /** Judges every vector of the suite in `folder`. Throws when a file isn't what the suite's files are. */
  run(folder: string): Promise<readonly VectorGroup[]>;
}

/** Vectors that are counted together: a file, or a kind of test. */
export interface VectorGroup {
  readonly name: string;
  readonly right: number;
  readonly total: number;
  /** One sentence for each vector that came out wrong. */
  readonly wrong: readonly string[];
  /** Vectors that say nothing about this project, or that it refuses and tells: how many, by reason. */
  readonly leftOut: ReadonlyMap<string, number>;
}
