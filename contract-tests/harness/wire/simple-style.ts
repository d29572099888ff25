import { flatValue } from "./flat-value.ts";
import { alternating, assignments, encodeAll, type Style, shapes } from "./style.ts";

/** `3,4,5` · `R=100,G=200` (RFC 6570, section 3.2.2): path segments and headers. */
export const simpleStyle: Style = {
  write({ explode }, given, encode) {
    const value = flatValue(given);
    if (value === undefined) return undefined;
    if ("text" in value) return encodeAll([value.text], encode);
    const parts = "items" in value ? encodeAll(value.items, encode) : encodeAll(value.members.flat(), encode);
    if (parts === undefined) return undefined;
    if ("items" in value || !explode) return [parts.join(",")];
    return [(alternating(parts) ?? []).map(([name, text]) => `${name}=${text}`).join(",")];
  },
  read({ explode, in: place }, { own: [raw], decode }) {
    if (raw === undefined) return undefined;
    // Blanks around the commas of a header don't count (RFC 9110, section 5.6.1); in a path they do.
    const parts = raw.split(",").map((part) => (place === "header" ? part.trim() : part));
    const members = explode ? assignments(parts, decode) : alternating(parts.map(decode));
    return shapes(decode(raw), raw === "" ? [] : parts.map(decode), members);
  },
};
