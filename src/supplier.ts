/** A value, or a function that is called for it once per call. */
export type Supplier<T> = T | Promise<T> | (() => T | Promise<T>);

/** Calls the supplier, or returns the plain value. */
export function supply<T extends string | number | boolean | null | undefined>(
  supplier: Supplier<T>,
): T | Promise<T> {
  return typeof supplier === "function" ? supplier() : supplier;
}
