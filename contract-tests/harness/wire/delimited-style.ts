import { flatValue } from "./flat-value.ts";
import { formStyle } from "./form-style.ts";
import { alternating, encodeAll, type Style, shapes } from "./style.ts";

/** `id=3%204` (OpenAPI 3.1, section 4.8.12.3). */
export const spaceDelimitedStyle = delimitedStyle(" ", "%20", /%20|\+| /);
/** `id=3%7C4`; a bare `|` is read as well. */
export const pipeDelimitedStyle = delimitedStyle("|", "%7C", /%7C|\|/i);

/** Exploded, these are the form style. An item can't hold the delimiter, which is encoded itself. */
function delimitedStyle(delimiter: string, written: string, splitter: RegExp): Style {
  return {
    write(styled, given, encode) {
      const value = flatValue(given);
      if (value === undefined) return undefined;
      if (styled.explode && "items" in value) return formStyle.write(styled, given, encode);
      if ("text" in value) return formStyle.write(styled, given, encode);
      const texts = "items" in value ? value.items : value.members.flat();
      if (styled.explode || texts.some((text) => text.includes(delimiter))) return undefined;
      const [name, ...parts] = encodeAll([styled.name, ...texts], encode) ?? [];
      return name === undefined ? undefined : [`${name}=${parts.join(written)}`];
    },
    read(styled, raw) {
      const [first] = raw.own;
      if (styled.explode || raw.own.length !== 1 || first === undefined)
        return formStyle.read(styled, { ...raw, pairs: [] });
      const items = first === "" ? [] : first.split(splitter).map(raw.decode);
      return shapes(raw.decode(first), items, alternating(items));
    },
  };
}
