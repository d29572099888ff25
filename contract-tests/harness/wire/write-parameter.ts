import { isDeepStrictEqual } from "node:util";
import type { Parameter } from "../contract/contract.ts";
import { jsonText } from "../contract/large-integer.ts";
import { isJsonType, parseMediaType } from "../http/media-type.ts";
import { flatValue, primitiveText } from "./flat-value.ts";
import { parameterStyle } from "./parameter-style.ts";
import { isWellFormed, percentDecode, percentEncode, percentEncodeReserved, queryDecode } from "./percent.ts";
import type { Encode, RawPair, RawParameter } from "./style.ts";

/** What has to be known of a parameter to write it. */
export type WrittenParameter = Pick<
  Parameter,
  "name" | "in" | "style" | "explode" | "allowReserved" | "mediaType"
>;

/**
 * A parameter as it goes into the request (OpenAPI 3.1, section 4.8.12.6): percent-encoded for path and query, raw for
 * headers and cookies; several pieces where the style spreads it over several pairs. Undefined when the style has no
 * form for the value, or none that can be read back: null, a comma in an item of a header, an empty list.
 */
export function writeParameter(parameter: WrittenParameter, value: unknown): readonly string[] | undefined {
  const encode = encodingFor(parameter);
  if (parameter.mediaType !== undefined) {
    const [name, text] = [encode(parameter.name), contentText(parameter.mediaType, value, encode)];
    if (name === undefined || text === undefined) return undefined;
    return [parameter.in === "query" || parameter.in === "cookie" ? `${name}=${text}` : text];
  }
  const style = parameterStyle[parameter.style];
  const pieces = style.write(parameter, value, encode);
  if (pieces === undefined || parameter.style === "deepObject") return pieces;
  const back = style.read(parameter, rawOf(parameter, pieces));
  const kept = [back?.text, back?.items, back?.members].some((shape) =>
    isDeepStrictEqual(shape, textsOf(value)),
  );
  return kept ? pieces : undefined;
}

function textsOf(value: unknown): unknown {
  const flat = flatValue(value);
  if (flat === undefined) return undefined;
  return "text" in flat ? flat.text : "items" in flat ? flat.items : flat.members;
}

function contentText(mediaType: string, value: unknown, encode: Encode): string | undefined {
  const media = parseMediaType(mediaType);
  const text = media && isJsonType(media) ? jsonText(value) : primitiveText(value);
  return text === undefined ? undefined : encode(text);
}

function encodingFor({ in: place, allowReserved }: WrittenParameter): Encode {
  if (place === "header" || place === "cookie") return (text) => (isWellFormed(text) ? text : undefined);
  return place === "query" && allowReserved ? percentEncodeReserved : percentEncode;
}

/** How the text of a parameter's place is decoded: headers and cookies hold it as it is. */
export function decodingFor(place: Parameter["in"]): (text: string) => string {
  if (place === "query") return queryDecode;
  return place === "path" ? percentDecode : (text) => text;
}

/** Written pieces as a reader finds them. */
function rawOf({ name, in: place }: WrittenParameter, pieces: readonly string[]): RawParameter {
  const decode = decodingFor(place);
  if (place === "path" || place === "header") return { own: pieces, pairs: [], decode };
  const pairs = pieces.map((piece) => rawPair(piece, decode));
  return { own: pairs.filter((pair) => pair.name === name).map(({ raw }) => raw), pairs, decode };
}

/** `name=value`, or a name alone. */
export function rawPair(piece: string, decode: (text: string) => string): RawPair {
  const at = piece.indexOf("=");
  return at === -1
    ? { name: decode(piece), raw: "" }
    : { name: decode(piece.slice(0, at)), raw: piece.slice(at + 1) };
}

/** False for text that would not arrive as it was sent: control or non-ASCII characters, or blanks at the ends. */
export function survivesInHeader(text: string): boolean {
  return /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(text);
}

/** False for text that a cookie value can't hold (RFC 6265, section 4.1.1). */
export function survivesInCookie(text: string): boolean {
  return /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/.test(text);
}

/** False for a path segment that routers resolve or take apart; an empty one arrives, at another path. */
export function survivesInPath(encoded: string): boolean {
  return encoded !== "." && encoded !== ".." && !/%2f|%5c|%00/i.test(encoded) && !encoded.includes("/");
}
