/** A value, or a function that is asked for it once per call. */
export type Supplier<T> = T | Promise<T> | (() => T | Promise<T>);

/** Asks the supplier, or returns the value that stands in its place. */
export function supply<T extends string | number | boolean | null | undefined>(
  supplier: Supplier<T>,
): T | Promise<T> {
  return typeof supplier === "function" ? supplier() : supplier;
}
