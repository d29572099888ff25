/** One step of a JSON pointer, escaped (RFC 6901, section 3). */
export function escapeStep(step: string): string {
  return step.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** The pointer's steps, unescaped: `/paths/~1a/get` → `["paths", "/a", "get"]`. */
export function pointerSteps(pointer: string): string[] {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** `pointer` with further steps, each escaped. */
export function joinPointer(pointer: string, ...steps: readonly (string | number)[]): string {
  return steps.reduce<string>((joined, step) => `${joined}/${escapeStep(String(step))}`, pointer);
}

/** The value at `pointer`, or undefined where nothing stands. */
export function valueAt(document: unknown, pointer: string): unknown {
  let value: unknown = document;
  for (const step of pointerSteps(pointer)) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step]; // arrays too: their indices are own keys
  }
  return value;
}
