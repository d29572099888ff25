import { flatValue, type Member } from "./flat-value.ts";
import { alternating, encodeAll, type Style, shapes } from "./style.ts";

/** `id=3,4` · exploded `id=3&id=4` and `R=100&G=200` (RFC 6570, sections 3.2.8 and 3.2.9): queries, cookies, forms. */
export const formStyle: Style = {
  write({ name: plain, explode }, given, encode) {
    const value = flatValue(given);
    if (value === undefined) return undefined;
    const name = encode(plain);
    if (name === undefined) return undefined;
    if ("text" in value) return encodeAll([value.text], encode)?.map((text) => `${name}=${text}`);
    const parts = encodeAll("items" in value ? value.items : value.members.flat(), encode);
    if (parts === undefined) return undefined;
    if (!explode) return [`${name}=${parts.join(",")}`];
    if ("items" in value) return parts.map((text) => `${name}=${text}`);
    return alternating(parts)?.map(([member, text]) => `${member}=${text}`);
  },
  read({ explode }, { own, pairs, decode }) {
    const spread = pairs.map(({ name, raw }): Member => [name, decode(raw)]);
    const [first] = own;
    if (first === undefined)
      return explode && spread.length > 0 ? shapes(undefined, undefined, spread) : undefined;
    if (explode || own.length > 1)
      return shapes(
        own.length === 1 ? decode(first) : undefined,
        own.map(decode),
        explode && spread.length > 0 ? spread : undefined,
      );
    const items = first === "" ? [] : first.split(",").map(decode);
    return shapes(decode(first), items, alternating(items));
  },
};
