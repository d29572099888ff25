const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const syntax = new RegExp(
  `^\\s*(${token})/(${token})((?:\\s*;\\s*(?:${token}=(?:${token}|"(?:[^"\\\\]|\\\\.)*"))?)*)\\s*$`,
);

/** A media type taken apart, in lower case (RFC 9110, section 8.3.1). */
export interface ParsedMediaType {
  readonly type: string;
  readonly subtype: string;
  readonly charset?: string;
  readonly boundary?: string;
}

/** Undefined when `text` isn't a media type. */
export function parseMediaType(text: string): ParsedMediaType | undefined {
  const match = syntax.exec(text);
  if (!match) return undefined;
  const [, type = "", subtype = "", parameters = ""] = match;
  const parameter = (name: string) =>
    new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\s]*))`, "i").exec(parameters)?.slice(1).find(Boolean);
  const charset = parameter("charset")?.toLowerCase();
  const boundary = parameter("boundary");
  return {
    type: type.toLowerCase(),
    subtype: subtype.toLowerCase(),
    ...(charset === undefined ? {} : { charset }),
    ...(boundary === undefined ? {} : { boundary }),
  };
}

/** True when `actual` is covered by `documented`, which may be a range (`application/*`); parameters don't count. */
export function mediaTypeMatches(documented: string, actual: ParsedMediaType): boolean {
  const range = parseMediaType(documented);
  if (!range) return false;
  if (range.type !== "*" && range.type !== actual.type) return false;
  return range.subtype === "*" || range.subtype === actual.subtype;
}

/** How close `documented` is to naming exactly one type: exact 2, `type/*` 1, all 0. */
export function specificity(documented: string): number {
  const range = parseMediaType(documented);
  if (!range || range.type === "*") return 0;
  return range.subtype === "*" ? 1 : 2;
}

/** `application/json`, `text/json` and every `+json` type. */
export function isJsonType({ type, subtype }: ParsedMediaType): boolean {
  return subtype === "json" ? type === "application" || type === "text" : subtype.endsWith("+json");
}

/** Types whose body is text in some charset. */
export function isTextType(media: ParsedMediaType): boolean {
  return (
    media.type === "text" ||
    isJsonType(media) ||
    media.subtype.endsWith("+xml") ||
    ["xml", "javascript", "x-www-form-urlencoded", "yaml", "x-ndjson"].includes(media.subtype)
  );
}
