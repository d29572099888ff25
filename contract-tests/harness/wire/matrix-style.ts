import { flatValue } from "./flat-value.ts";
import { alternating, assignments, encodeAll, type Style, shapes } from "./style.ts";

/** `;id=3,4` · exploded `;id=3;id=4` and `;R=100;G=200` (RFC 6570, section 3.2.7). */
export const matrixStyle: Style = {
  write({ name: plain, explode }, given, encode) {
    const value = flatValue(given);
    if (value === undefined) return undefined;
    const name = encode(plain);
    if (name === undefined) return undefined;
    if ("text" in value) return encodeAll([value.text], encode)?.map((text) => named(name, text));
    const parts = encodeAll("items" in value ? value.items : value.members.flat(), encode);
    if (parts === undefined) return undefined;
    if (!explode) return [named(name, parts.join(","))];
    if ("items" in value) return [parts.map((text) => named(name, text)).join("")];
    return [(alternating(parts) ?? []).map(([member, text]) => `;${member}=${text}`).join("")];
  },
  read({ name, explode }, { own: [raw], decode }) {
    if (raw === undefined) return undefined;
    if (!raw.startsWith(";")) return {};
    const parts = raw
      .slice(1)
      .split(";")
      .map((part) => {
        const at = part.includes("=") ? part.indexOf("=") : part.length;
        return { part, name: decode(part.slice(0, at)), value: part.slice(at + 1) };
      });
    const spread = explode
      ? assignments(
          parts.map(({ part }) => part),
          decode,
        )
      : undefined;
    if (!parts.every((part) => part.name === name)) return shapes(undefined, undefined, spread);
    const [first] = parts;
    if (explode || parts.length > 1 || first === undefined)
      return shapes(
        parts.length === 1 && first ? decode(first.value) : undefined,
        parts.map(({ value }) => decode(value)),
        spread,
      );
    const items = first.value === "" ? [] : first.value.split(",").map(decode);
    return shapes(decode(first.value), items, alternating(items));
  },
};

/** An empty value has no `=`. */
function named(name: string, text: string): string {
  return text === "" ? `;${name}` : `;${name}=${text}`;
}
