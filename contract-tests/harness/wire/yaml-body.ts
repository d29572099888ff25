import { parse } from "yaml";
import { type BodyFamily, textAsBody, whole } from "./body-family.ts";
import { decodeText } from "./decode-text.ts";

/** YAML (RFC 9512): written as JSON, which YAML contains. */
export const yamlBody: BodyFamily = {
  name: "yaml",
  notJudged: () => undefined,
  write(_, value, contentType) {
    const text = JSON.stringify(value);
    return text === undefined ? undefined : textAsBody(contentType, text);
  },
  read(context, bytes) {
    const decoded = decodeText(bytes);
    if ("fault" in decoded) return decoded;
    try {
      return whole(context, parse(decoded.text, { logLevel: "silent" }));
    } catch {
      return { fault: { kind: "yaml-syntax", message: "the body isn't YAML" } };
    }
  },
};
