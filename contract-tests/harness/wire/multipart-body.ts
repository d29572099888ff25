import { isObject } from "../contract/json-object.ts";
import { jsonText, parseJsonText, throwUnlessBadText } from "../contract/large-integer.ts";
import { isJsonType, parseMediaType } from "../http/media-type.ts";
import { itemsOf, propertyOf } from "../schema/schema-members.ts";
import type { BodyContext, BodyFamily } from "./body-family.ts";
import { textAsBody, whole } from "./body-family.ts";
import { concreteMediaType } from "./concrete-media-type.ts";
import { type FieldText, readFields } from "./form-fields.ts";
import { isWellFormed } from "./percent.ts";

const boundary = "contract-tests-boundary-7d1f";

/** `multipart/form-data` (RFC 7578): a part for each property, and for each item of a list. */
export const multipartBody: BodyFamily = {
  name: "multipart",
  notJudged({ mediaType: { name, encoding } }) {
    if (!/^multipart\/form-data/i.test(name))
      return `bodies of the media type ${name} aren't checked against their schema`;
    // A style spreads a part in ways that this harness doesn't write (OpenAPI 3.1, section 4.8.15).
    return [...encoding.values()].some(({ style }) => style !== undefined)
      ? `the parts of ${name} have a style: such bodies aren't checked against their schema`
      : undefined;
  },
  write(context, value, contentType) {
    if (!isObject(value)) return undefined;
    let content = "";
    for (const [name, member] of Object.entries(value)) {
      const isList = Array.isArray(member);
      // An empty list would be no part at all.
      if (isList && member.length === 0) return undefined;
      for (const item of isList ? member : [member]) {
        const part = writePart(context, name, item, isList);
        if (part === undefined) return undefined;
        content += `--${boundary}\r\n${part}\r\n`;
      }
    }
    const type = contentType.split(";")[0] ?? contentType;
    return textAsBody(`${type}; boundary=${boundary}`, `${content}--${boundary}--\r\n`);
  },
  read(context, bytes, media, direction) {
    const reason = this.notJudged(context);
    if (reason !== undefined) return { notJudged: reason };
    const fields = media.boundary === undefined ? undefined : readParts(bytes, media.boundary);
    if (fields === undefined)
      return { fault: { kind: "form-syntax", message: "it isn't a form of its media type" } };
    if (typeof fields === "string")
      return { fault: { kind: "json-syntax", message: `the part ${fields} isn't JSON` } };
    return whole(context, readFields(context, fields, direction));
  },
};

function writePart(context: BodyContext, name: string, value: unknown, isItem: boolean): string | undefined {
  if (value === null || value === undefined) return undefined;
  const text = (typeof value === "object" ? jsonText(value) : undefined) ?? String(value);
  if (text.includes(boundary) || !isWellFormed(text) || !isWellFormed(name)) return undefined;
  const { contentType, isFile } = partType(context, name, value, isItem);
  const quoted = name.replaceAll('"', "%22").replace(/\r?\n/g, "%0D%0A");
  const file = isFile ? `; filename="${quoted}"` : "";
  const header = contentType === undefined ? "" : `Content-Type: ${contentType}\r\n`;
  return `Content-Disposition: form-data; name="${quoted}"${file}\r\n${header}\r\n${text}`;
}

/** By the part's encoding, else by its schema (OpenAPI 3.1, section 4.8.15; 3.0.3, section 4.7.15). */
function partType(
  { oracle, mediaType: { schema, encoding } }: BodyContext,
  name: string,
  value: unknown,
  isItem: boolean,
): { readonly contentType?: string; readonly isFile: boolean } {
  const property = schema === undefined ? undefined : propertyOf(oracle, schema, name);
  const described =
    property !== undefined && isItem ? (itemsOf(oracle, property)?.(0) ?? property) : property;
  const followed = described === undefined ? undefined : oracle.follow(described).schema;
  const words = isObject(followed) ? followed : {};
  const isBinary = words["format"] === "binary";
  const listed = encoding
    .get(name)
    ?.contentType?.split(",")
    .map((type) => type.trim());
  const documented =
    listed?.find((type) => !type.includes("*")) ?? (listed?.[0] && concreteMediaType(listed[0]));
  const named = typeof words["contentMediaType"] === "string" ? words["contentMediaType"] : undefined;
  const standing = isBinary
    ? "application/octet-stream"
    : typeof value === "object"
      ? "application/json"
      : undefined;
  const contentType = documented ?? named ?? standing;
  const media = contentType === undefined ? undefined : parseMediaType(contentType);
  const isText =
    media === undefined || isJsonType(media) || `${media.type}/${media.subtype}` === "text/plain";
  return { ...(contentType === undefined ? {} : { contentType }), isFile: isBinary || !isText };
}

/** RFC 7578, section 4: each part tells its name. Undefined when the body is no form; the name of a part that lies. */
function readParts(body: Uint8Array, boundary: string): FieldText[] | string | undefined {
  const text = Buffer.from(body).toString("latin1");
  const pieces = `\r\n${text}`.split(`\r\n--${boundary}`);
  const last = pieces.pop();
  if (pieces.length === 0 || !last?.startsWith("--")) return undefined;
  const fields: FieldText[] = [];
  for (const piece of pieces.slice(1)) {
    const end = piece.indexOf("\r\n\r\n");
    const headers = piece.slice(0, end);
    const name = /^content-disposition:.*?[;\s]name="([^"]*)"/im.exec(headers)?.[1];
    if (end === -1 || name === undefined) return undefined;
    const media = parseMediaType(/^content-type:(.*)$/im.exec(headers)?.[1] ?? "text/plain");
    const content = Buffer.from(piece.slice(end + 4), "latin1");
    const field = {
      name: textOf(Buffer.from(name, "latin1")).replaceAll("%22", '"'),
      text: textOf(content, media?.charset),
    };
    if (media && isJsonType(media)) {
      try {
        fields.push({ ...field, json: { value: parseJsonText(field.text) } });
      } catch (error) {
        throwUnlessBadText(error);
        return field.name;
      }
    } else fields.push(field);
  }
  return fields;
}

/** One character a byte where it isn't text. */
function textOf(bytes: Buffer, charset = "utf-8"): string {
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes.toString("latin1");
  }
}
