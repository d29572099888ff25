import { jsonText } from "../contract/large-integer.ts";
import { admits } from "./admitted-types.ts";
import { type BodyFamily, type BodyValue, textAsBody, whole } from "./body-family.ts";
import { decodeText } from "./decode-text.ts";
import { parseJson } from "./json-body.ts";

/**
 * A JSON value a line (jsonl, ndjson), or after each record separator (json-seq, RFC 7464). A schema that lets lists
 * through describes the list of all values, any other one each value, as an `itemSchema` does.
 */
export const jsonLinesBody: BodyFamily = {
  name: "json-lines",
  notJudged: () => undefined,
  write(_, value, contentType) {
    const separator = isSequence(contentType) ? "\u001e" : "";
    const lines = (Array.isArray(value) ? value : [value]).map((item) => jsonText(item));
    if (!lines.every((line) => line !== undefined)) return undefined;
    return textAsBody(contentType, lines.map((line) => `${separator}${line}\n`).join(""));
  },
  read(context, bytes, { subtype }) {
    const decoded = decodeText(bytes);
    if ("fault" in decoded) return decoded;
    const { itemSchema, schema } = context.mediaType;
    const ofEach = itemSchema ?? schema;
    const values: BodyValue[] = [];
    for (const [index, line] of decoded.text.split(isSequence(subtype) ? "\u001e" : /\r?\n/).entries()) {
      if (line.trim() === "") continue;
      const name = isSequence(subtype) ? `record ${index}` : `line ${index + 1}`;
      const read = parseJson(line);
      if ("fault" in read)
        return { fault: { kind: read.fault.kind, message: `${name} isn't one JSON value` } };
      values.push({ value: read.value, name, ...(ofEach === undefined ? {} : { schema: ofEach }) });
    }
    if (itemSchema !== undefined || !admits(context.oracle, schema, "array")) return { values };
    return whole(
      context,
      values.map(({ value }) => value),
    );
  },
};

function isSequence(mediaType: string): boolean {
  return mediaType.endsWith("json-seq");
}
