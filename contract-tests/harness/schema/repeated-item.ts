/**
 * The first pair of equal items in a list, as indices; undefined when there is none (JSON Schema 2020-12, Validation,
 * section 6.4.3). Each item is written once in one form, so that the time grows with the list and not with its square.
 */
export function repeatedItem(items: readonly unknown[]): readonly [first: number, again: number] | undefined {
  const seen = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const text = canonical(item);
    const first = seen.get(text);
    if (first !== undefined) return [first, index];
    seen.set(text, index);
  }
  return undefined;
}

/** The same text for equal values, whatever the order of their members. */
function canonical(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "0" : String(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const members = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`,
  );
  return `{${members.sort().join(",")}}`;
}
