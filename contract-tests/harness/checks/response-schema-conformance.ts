import { joinPointer } from "../contract/json-pointer.ts";
import { isJsonType, isTextType } from "../http/media-type.ts";
import { SchemaError } from "../schema/oracle.ts";
import type { Check } from "./check.ts";
import { describeValue } from "./describe-value.ts";

/** The oracle judges the body by the schema of its media type; a schema that doesn't compile is a failure. */
export const responseSchemaConformance: Check = {
  id: "response-schema-conformance",
  rule: "The answer's body keeps the documented schema.",
  begin:
    () =>
    ({ exchange, response, rule, mediaType, contentType, body, oracle }) => {
      if (!response || !rule || exchange.case.expectation === "unsupported-method") return undefined;
      if (exchange.case.request.method === "HEAD" || response.status === 304) return undefined;
      // An empty text is a text, and an empty binary body a body; JSON has no empty form.
      const isEmptyText = response.body.length === 0 && contentType?.type === "text";
      if (
        rule.contents.length > 0 &&
        response.body.length === 0 &&
        !isEmptyText &&
        rule.contents.every(({ schema }) => schema !== undefined)
      ) {
        const pointer = joinPointer(rule.pointer, "content");
        if (contentType && !isJsonType(contentType)) return undefined;
        return [
          {
            kind: "empty-body",
            pointer,
            message: "The answer has no body, and one is documented.",
            expected: rule.contents.map(({ name }) => name).join(" or "),
            actual: "no body",
          },
        ];
      }
      if (!mediaType || mediaType.schema === undefined || !contentType) return undefined;
      if (body.kind !== "value" && !isEmptyText) return undefined; // response-body-integrity has told it
      const value = body.kind === "value" ? body.value : "";
      if (!isTextType(contentType)) return undefined;
      if (!isJsonType(contentType) && contentType.type !== "text") {
        return {
          notJudged: `bodies of the media type ${contentType.type}/${contentType.subtype} aren't judged by a schema`,
        };
      }
      if (contentType.type === "text" && contentType.subtype === "event-stream") return undefined; // event-stream-conformance's business
      try {
        return oracle.violations(mediaType.schema, "response", value).map((violation) => ({
          kind: violation.keyword,
          pointer: violation.pointer,
          message: `The body breaks the schema: ${violation.message}.`,
          expected: violation.message,
          actual: describeValue(value, violation.instance),
        }));
      } catch (error) {
        if (!(error instanceof SchemaError)) throw error;
        return [
          {
            kind: "schema-does-not-compile",
            pointer: mediaType.schema,
            message: `Nothing can be judged by this schema: ${error.message}.`,
            expected: "a schema that compiles",
            actual: error.message,
          },
        ];
      }
    },
};
