/** How many of the faults that a contract makes possible a run would have caught (`--sensitivity`). */
export interface Sensitivity {
  readonly noticed: number;
  /** Faults that were tried: all that the contract makes possible, or a sample of them. */
  readonly tried: number;
  /** Faults of the operations that were measured. */
  readonly possible: number;
  /** Of those tried, rounded down to one decimal, so that only all of them are 100; 0 when none was tried. */
  readonly percent: number;
  /** The run was against a mock: the figure is that of a server in its place, judged with the same options. */
  readonly ofServer?: true;
  readonly missed: readonly MissedFault[];
  /** What is unknown: it counts neither as caught nor as missed. */
  readonly notMeasured: readonly NotMeasured[];
}

/** A fault that the run would have missed. */
export interface MissedFault {
  /** `GET /books 200 › /items/0/year maximum above`. */
  readonly id: string;
  /** `METHOD /path/template`. */
  readonly operation: string;
  /** JSON Pointer to the violated rule in the document. */
  readonly pointer: string;
  readonly reason: string;
  /** What would catch it, according to a trial; undefined if nothing is known to. */
  readonly remedy?: string;
}

export interface NotMeasured {
  readonly operation: string;
  readonly reason: string;
}

/** The figures of several parts of one contract together. */
export function mergedSensitivity(parts: readonly Sensitivity[]): Sensitivity {
  const sum = (count: (part: Sensitivity) => number) => parts.reduce((all, part) => all + count(part), 0);
  const [noticed, tried] = [sum((part) => part.noticed), sum((part) => part.tried)];
  return {
    noticed,
    tried,
    possible: sum(({ possible }) => possible),
    percent: percentOf(noticed, tried),
    ...(parts.some(({ ofServer }) => ofServer) ? { ofServer: true as const } : {}),
    missed: parts.flatMap(({ missed }) => missed),
    notMeasured: parts.flatMap(({ notMeasured }) => notMeasured),
  };
}

/** Rounded down to one decimal; 0 of none. */
export function percentOf(count: number, total: number): number {
  return total === 0 ? 0 : Math.floor((count * 1_000) / total) / 10;
}
