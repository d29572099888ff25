import { contentCodings, decodeBody } from "../http/content-coding.ts";
import { isJsonType, type ParsedMediaType, parseMediaType } from "../http/media-type.ts";
import type { HeaderLine } from "../http/message.ts";
import type { Direction } from "../schema/translate-schema.ts";
import { binaryBody, xmlBody } from "./binary-body.ts";
import type { BodyContext, BodyFamily, BodyReading, WrittenBody } from "./body-family.ts";
import { concreteMediaType } from "./concrete-media-type.ts";
import { formBody } from "./form-body.ts";
import { jsonBody } from "./json-body.ts";
import { jsonLinesBody } from "./json-lines-body.ts";
import { multipartBody } from "./multipart-body.ts";
import { eventStreamBody, textBody } from "./text-body.ts";
import { yamlBody } from "./yaml-body.ts";

/** How bodies of a media type are written and read. */
export function bodyFamily(media: ParsedMediaType): BodyFamily {
  const { type, subtype } = media;
  if (isJsonType(media)) return jsonBody;
  if (/^(x-)?(ndjson|jsonl|jsonlines)$|^(.+\+)?json-seq$/.test(subtype)) return jsonLinesBody;
  if (/^(x-)?yaml$|\+yaml$/.test(subtype)) return yamlBody;
  if (subtype === "xml" || subtype.endsWith("+xml")) return xmlBody;
  if (subtype === "x-www-form-urlencoded") return formBody;
  if (type === "multipart") return multipartBody;
  if (type === "text") return subtype === "event-stream" ? eventStreamBody : textBody;
  return binaryBody;
}

/** The family of a documented media type, of a range the one that stands for it; undefined when it is no media type. */
export function documentedFamily(name: string): BodyFamily | undefined {
  const media = parseMediaType(concreteMediaType(name));
  return media && bodyFamily(media);
}

/** Why no body of a documented media type can be made or judged by its schema; undefined when it can. */
export function whyBodyNotJudged(context: BodyContext): string | undefined {
  const family = documentedFamily(context.mediaType.name);
  return family ? family.notJudged(context) : `${context.mediaType.name} isn't a media type`;
}

/** A body in the form of its media type; undefined when there is none for the value. */
export function writeBody(context: BodyContext, value: unknown): WrittenBody | undefined {
  const contentType = concreteMediaType(context.mediaType.name);
  return documentedFamily(contentType)?.write(context, value, contentType);
}

/** Most parts of a value that are read: each takes some hundred bytes, again and again. */
const mostParts = 1_000_000;
const isSeparator = new Uint8Array(256);
for (const character of "[{,&\n") isSeparator[character.charCodeAt(0)] = 1;

/** Whether a body has more values, members and lines, whatever they are: texts with so many separators aren't met. */
function hasTooManyParts(body: Uint8Array): boolean {
  if (body.length <= mostParts) return false;
  let parts = 0;
  for (const byte of body) parts += isSeparator[byte] ?? 0;
  return parts > mostParts;
}

/** The values of a body as it stood on the wire, its content coding undone (RFC 9110, section 8.4). */
export function readBody(
  context: BodyContext,
  body: Uint8Array,
  headers: readonly HeaderLine[],
  media: ParsedMediaType,
  direction: Direction,
): BodyReading {
  const decoded = decodeBody(body, contentCodings(headers), "refuse");
  if ("failure" in decoded)
    return decoded.failure === "too-large"
      ? { notJudged: decoded.message }
      : { fault: { kind: "content-encoding", message: decoded.message } };
  if (hasTooManyParts(decoded.body))
    return {
      notJudged: `bodies of more than ${mostParts.toLocaleString("en")} values, members and lines aren't read`,
    };
  return bodyFamily(media).read(context, decoded.body, media, direction);
}
