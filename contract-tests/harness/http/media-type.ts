import { MIMEType } from "whatwg-mimetype";

/** A media type taken apart: type, subtype and parameter names in lower case (RFC 9110, section 8.3.1). */
export interface ParsedMediaType {
  readonly type: string;
  readonly subtype: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** In lower case. */
  readonly charset?: string;
  readonly boundary?: string;
}

/** A run meets a few media types again and again. */
const parsedTypes = new Map<string, ParsedMediaType | undefined>();
const mostParsed = 1_000;

/** Undefined when `text` isn't a media type. */
export function parseMediaType(text: string): ParsedMediaType | undefined {
  if (parsedTypes.has(text)) return parsedTypes.get(text);
  const parsed = parse(text);
  if (parsedTypes.size < mostParsed) parsedTypes.set(text, parsed);
  return parsed;
}

function parse(text: string): ParsedMediaType | undefined {
  const parsed = MIMEType.parse(text);
  if (!parsed) return undefined;
  const { type, subtype } = parsed;
  const parameters = new Map(parsed.parameters);
  const charset = parameters.get("charset")?.toLowerCase();
  const boundary = parameters.get("boundary");
  return {
    type,
    subtype,
    parameters,
    ...(charset === undefined ? {} : { charset }),
    ...(boundary === undefined ? {} : { boundary }),
  };
}

/** These say how a body is written, not what it is: they choose no other rule. */
const writingParameters = new Set(["charset", "boundary"]);

/**
 * How closely `documented`, which may be a range (`application/*`), names the media type of a message; undefined when it
 * doesn't cover it. A documented parameter (`version=2`, `profile=…`) must not have another value in the message; one
 * that the message has counts for the documented type, and one that it leaves out against it.
 */
function closeness(documented: string, actual: ParsedMediaType): number | undefined {
  const range = parseMediaType(documented);
  if (!range) return undefined;
  if (range.type !== "*" && range.type !== actual.type) return undefined;
  if (range.subtype !== "*" && range.subtype !== actual.subtype) return undefined;
  let close = range.type === "*" ? 0 : range.subtype === "*" ? 1000 : 2000;
  for (const [name, value] of range.parameters) {
    if (writingParameters.has(name)) continue;
    const sent = actual.parameters.get(name);
    if (sent !== undefined && sent !== value) return undefined;
    close += sent === undefined ? -1 : 1;
  }
  return close;
}

/** True when `actual` is covered by `documented`. */
export function mediaTypeMatches(documented: string, actual: ParsedMediaType): boolean {
  return closeness(documented, actual) !== undefined;
}

/** Of all documented contents, the one that names the media type of a message most closely (OpenAPI 3.1, section 4.8.14). */
export function coveringContent<Content extends { readonly name: string }>(
  contents: readonly Content[],
  actual: ParsedMediaType,
): Content | undefined {
  let best: { readonly content: Content; readonly close: number } | undefined;
  for (const content of contents) {
    const close = closeness(content.name, actual);
    if (close !== undefined && (best === undefined || close > best.close)) best = { content, close };
  }
  return best?.content;
}

/** `application/json`, `text/json` and every `+json` type. */
export function isJsonType({ type, subtype }: ParsedMediaType): boolean {
  return subtype === "json" ? type === "application" || type === "text" : subtype.endsWith("+json");
}
