/** Whether a value is a list or an object that is written by its members. */
export function isComposed(value: unknown): value is object {
  return typeof value === "object" && value !== null && !(value instanceof Date);
}

/** The members of an object or the items of a list, without those that are `undefined` or `null`. */
export function definedEntries(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, member]) => member !== undefined && member !== null);
}
