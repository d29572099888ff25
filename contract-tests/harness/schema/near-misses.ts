export interface NearMiss {
  readonly kind: string;
  readonly value: unknown;
}

/**
 * Values that look like a member of the list and are none: what a careless comparison lets through. The first member
 * is tried in every way, the others in those that a server may get wrong for one member alone.
 */
export function nearMisses(list: readonly unknown[]): readonly NearMiss[] {
  const [first, second] = list;
  const misses: NearMiss[] = [];
  if (typeof first === "string") {
    misses.push(
      { kind: "unknown value", value: unlisted(list) },
      ...spoilt(first),
      { kind: "separators swapped", value: swapSeparators(first) },
      { kind: "within other text", value: `x${first}x` },
      { kind: "blanks only", value: "  " },
      { kind: "empty", value: "" },
      { kind: "a number", value: "0" },
      { kind: "a larger number", value: "1" },
      { kind: "a list", value: list.slice(0, 2).join(",") },
    );
    for (const other of list.slice(1, 12)) {
      if (typeof other === "string")
        misses.push(
          ...spoilt(other).map(({ kind, value }) => ({ kind: `${kind}: ${JSON.stringify(other)}`, value })),
        );
    }
    if (typeof second !== "string") misses.push({ kind: "twice", value: first + first });
  } else if (typeof first === "number") {
    const numbers = list.filter((value) => typeof value === "number");
    misses.push(
      { kind: "unknown value", value: Math.max(...numbers) + 1 },
      { kind: "below all", value: Math.min(...numbers) - 1 },
    );
  } else misses.push({ kind: "unknown value", value: unlisted(list) });
  const seen = new Set(list);
  return misses.filter(({ value }) => !seen.has(value) && seen.add(value));
}

function spoilt(text: string): NearMiss[] {
  return [
    { kind: "other case", value: otherCase(text) },
    { kind: "with a prefix", value: `x${text}` },
    { kind: "with a suffix", value: `${text}x` },
    { kind: "cut short", value: text.slice(0, -1) },
    { kind: "blank before", value: ` ${text}` },
    { kind: "blank after", value: `${text} ` },
  ];
}

function unlisted(list: readonly unknown[]): string {
  let value = "not-in-the-list";
  while (list.includes(value)) value += "x";
  return value;
}

function otherCase(text: string): string {
  const upper = text.toUpperCase();
  return upper === text ? text.toLowerCase() : upper;
}

function swapSeparators(text: string): string {
  return text.replace(/[-_]/g, (separator) => (separator === "-" ? "_" : "-"));
}
