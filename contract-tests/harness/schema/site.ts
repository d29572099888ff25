/** One change of a value, on a known side of one constraint. */
export interface Site {
  readonly path: readonly (string | number)[];
  readonly keyword: string;
  readonly pointer: string;
  readonly kind: string;
  readonly side: string;
  /** The new value at `path`; undefined removes it. */
  readonly replacement: unknown;
  readonly valid: boolean;
}

/** Adds a change of the place that is being looked at, or of the one at `at`. */
export type Add = (
  constraint: { keyword: string; pointer: string },
  kind: string,
  replacement: unknown,
  valid: boolean,
  at?: Site["path"],
) => void;
