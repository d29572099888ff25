import { flatValue } from "./flat-value.ts";
import { alternating, assignments, encodeAll, type Style, shapes } from "./style.ts";

/** `.3,4,5` · exploded `.3.4.5` and `.R=100.G=200` (RFC 6570, section 3.2.5). */
export const labelStyle: Style = {
  write({ explode }, given, encode) {
    const value = flatValue(given);
    if (value === undefined) return undefined;
    if ("text" in value) return prefixed(encodeAll([value.text], encode), ".");
    if ("items" in value) return prefixed(encodeAll(value.items, encode), explode ? "." : ",");
    const parts = encodeAll(value.members.flat(), encode);
    if (parts === undefined || !explode) return prefixed(parts, ",");
    return prefixed(
      (alternating(parts) ?? []).map(([name, text]) => `${name}=${text}`),
      ".",
    );
  },
  read({ explode }, { own: [raw], decode }) {
    if (raw === undefined) return undefined;
    if (!raw.startsWith(".")) return {};
    const rest = raw.slice(1);
    const parts = rest.split(explode ? "." : ",");
    const members = explode ? assignments(joinedValues(parts), decode) : alternating(parts.map(decode));
    return shapes(decode(rest), rest === "" ? [] : parts.map(decode), members);
  },
};

function prefixed(parts: readonly string[] | undefined, delimiter: string): string[] | undefined {
  return parts && [`.${parts.join(delimiter)}`];
}

/** A dot needs no encoding, so that a value may hold one: a part without `=` goes on with the value before it. */
function joinedValues(parts: readonly string[]): string[] {
  const joined: string[] = [];
  for (const part of parts) {
    const before = joined.at(-1);
    if (part.includes("=") || before === undefined) joined.push(part);
    else joined[joined.length - 1] = `${before}.${part}`;
  }
  return joined;
}
