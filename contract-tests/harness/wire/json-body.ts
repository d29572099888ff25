import { jsonText, parseJsonText, throwUnlessBadText } from "../contract/large-integer.ts";
import { type BodyFamily, type BodyFault, textAsBody, whole } from "./body-family.ts";

/** JSON, which is UTF-8 without exception and without byte order mark (RFC 8259, section 8.1). */
export const jsonBody: BodyFamily = {
  name: "json",
  notJudged: () => undefined,
  write(_, value, contentType) {
    const text = jsonText(value);
    return text === undefined ? undefined : textAsBody(contentType, text);
  },
  read(context, bytes) {
    const read = readJson(bytes);
    return "fault" in read ? read : whole(context, read.value);
  },
};

function readJson(bytes: Uint8Array): { readonly value: unknown } | { readonly fault: BodyFault } {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return { fault: { kind: "byte-order-mark", message: "the JSON text begins with a byte order mark" } };
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { fault: { kind: "utf-8", message: "the JSON text isn't valid UTF-8" } };
  }
  return parseJson(text);
}

/** The value of a JSON text, or what is wrong with it. */
export function parseJson(text: string): { readonly value: unknown } | { readonly fault: BodyFault } {
  try {
    return { value: parseJsonText(text) };
  } catch (error) {
    throwUnlessBadText(error);
    const message = error instanceof Error ? error.message : String(error);
    if (/after JSON|non-whitespace/.test(message)) {
      return { fault: { kind: "json-trailing", message: "something follows the JSON value" } };
    }
    return { fault: { kind: "json-syntax", message: "the body isn't JSON" } };
  }
}
