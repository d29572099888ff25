import { type Document, visit } from "yaml";
import { numberOfText } from "./large-integer.ts";

/** Puts exact numbers in a YAML document in place of those that its parser read as the nearest double. */
export function readLargeIntegers(document: Document.Parsed): void {
  visit(document, {
    Scalar(_, node) {
      const { value, source } = node;
      if (typeof value !== "number" || Number.isSafeInteger(value) || source === undefined) return;
      if (/^[-+]?\d/.test(source) && !/^[-+]?0[xo]/.test(source))
        Object.assign(node, { value: numberOfText(source.replace(/^\+/, "")) });
    },
  });
}
