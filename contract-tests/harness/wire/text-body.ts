import { parseJsonText, throwUnlessBadText } from "../contract/large-integer.ts";
import { admittedTypes } from "./admitted-types.ts";
import { type BodyContext, type BodyFamily, textAsBody, whole } from "./body-family.ts";
import { closestReading, primitiveReadings } from "./closest-reading.ts";
import { decodeText } from "./decode-text.ts";
import { primitiveText } from "./flat-value.ts";

/**
 * Text in the charset of its media type, as docs/decisions/010-values-on-the-wire.md has it: the text itself, or the number,
 * boolean or null that it spells where the schema lets one through. A list or an object is read from `text/plain` when
 * the text is JSON; other texts that a schema describes as one (`text/csv`) aren't judged.
 */
export const textBody: BodyFamily = {
  name: "text",
  notJudged: (context) =>
    isStructured(context) && !isPlain(context.mediaType.name) ? notJudged(context) : undefined,
  write(_, value, contentType) {
    const text = primitiveText(value);
    return text === undefined ? undefined : textAsBody(withoutCharset(contentType), text);
  },
  read(context, bytes, { charset }, direction) {
    const decoded = decodeText(bytes, charset);
    if ("fault" in decoded) return decoded;
    const { text } = decoded;
    const { schema } = context.mediaType;
    if (schema === undefined) return whole(context, text);
    if (!isStructured(context)) {
      const readings = [text, ...primitiveReadings(text.trim()).slice(1)];
      return whole(context, closestReading(context.oracle, schema, direction, readings));
    }
    try {
      if (isPlain(context.mediaType.name)) return whole(context, parseJsonText(text));
    } catch (error) {
      throwUnlessBadText(error);
      // told below
    }
    return { notJudged: notJudged(context) };
  },
};

/** A text as it is, whatever the schema says: event-stream-conformance takes it apart. */
export const eventStreamBody: BodyFamily = {
  ...textBody,
  name: "event-stream",
  notJudged: () => undefined,
  read(context, bytes) {
    const decoded = decodeText(bytes);
    return "fault" in decoded ? decoded : whole(context, decoded.text);
  },
};

function notJudged({ mediaType: { name } }: BodyContext): string {
  return `${name} has no defined form for a list or an object: such bodies aren't checked against their schema`;
}

/** True when the schema lets nothing through but lists and objects. */
function isStructured({ oracle, mediaType: { schema } }: BodyContext): boolean {
  const types = schema === undefined ? undefined : admittedTypes(oracle, schema);
  return types !== undefined && [...types].every((type) => type === "array" || type === "object");
}

function isPlain(mediaType: string): boolean {
  return /^(text\/plain|text\/\*|\*\/\*)/i.test(mediaType);
}

/** The text is written in UTF-8, whatever charset is documented. */
function withoutCharset(contentType: string): string {
  return contentType.replace(/;\s*charset=[^;]*/i, "; charset=utf-8");
}
