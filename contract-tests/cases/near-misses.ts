/** Values that look like a member of the list and are none: what a careless comparison lets through. */
export function nearMisses(list: readonly unknown[]): { readonly kind: string; readonly value: unknown }[] {
  const [first] = list;
  const misses: { kind: string; value: unknown }[] = [];
  if (typeof first === "string") {
    misses.push(
      { kind: "unknown value", value: unlisted(list) },
      { kind: "other case", value: otherCase(first) },
      { kind: "with a prefix", value: `x${first}` },
      { kind: "with a suffix", value: `${first}x` },
      { kind: "cut short", value: first.slice(0, -1) },
      { kind: "blank before", value: ` ${first}` },
      { kind: "blank after", value: `${first} ` },
      { kind: "empty", value: "" },
    );
  } else if (typeof first === "number")
    misses.push({ kind: "unknown value", value: Math.max(...list.filter((v) => typeof v === "number")) + 1 });
  else misses.push({ kind: "unknown value", value: unlisted(list) });
  return misses.filter(({ value }) => !list.includes(value));
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
