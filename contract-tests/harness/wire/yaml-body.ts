import { parseDocument } from "yaml";
import { jsonText } from "../contract/large-integer.ts";
import { readLargeIntegers } from "../contract/yaml-large-integers.ts";
import { type BodyFamily, textAsBody, whole } from "./body-family.ts";
import { decodeText } from "./decode-text.ts";

const syntaxFault = { fault: { kind: "yaml-syntax", message: "the body isn't YAML" } } as const;

/** YAML (RFC 9512): written as JSON, which YAML contains. */
export const yamlBody: BodyFamily = {
  name: "yaml",
  notJudged: () => undefined,
  write(_, value, contentType) {
    const text = jsonText(value);
    return text === undefined ? undefined : textAsBody(contentType, text);
  },
  read(context, bytes) {
    const decoded = decodeText(bytes);
    if ("fault" in decoded) return decoded;
    try {
      const document = parseDocument(decoded.text, { logLevel: "silent" });
      if (document.errors.length > 0) return syntaxFault;
      readLargeIntegers(document);
      return whole(context, document.toJS());
    } catch {
      return syntaxFault;
    }
  },
};
