import { joinPointer } from "../contract/json-pointer.ts";
import { isJsonType } from "../http/media-type.ts";
import { hasNoContent } from "../http/no-content.ts";
import { type Oracle, SchemaError } from "../schema/oracle.ts";
import type { Violation } from "../schema/violation.ts";
import type { BodyValue } from "../wire/body-family.ts";
import type { Check, Complaint } from "./check.ts";
import { schemaComplaint } from "./schema-complaint.ts";

/** The oracle judges the body by the schema of its media type; a schema that doesn't compile is a failure. */
export const responseSchemaConformance: Check = {
  id: "response-schema-conformance",
  rule: "The response body matches the documented schema.",
  begin:
    () =>
    ({ exchange, response, rule, mediaType, contentType, body, oracle }) => {
      if (!response || !rule || exchange.case.expectation === "unsupported-method") return undefined;
      if (hasNoContent(exchange.case.request.method, response.status)) return undefined;
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
            message: "The response has no body, but one is documented.",
            expected: rule.contents.map(({ name }) => name).join(" or "),
            actual: "no body",
          },
        ];
      }
      if (mediaType?.schema === undefined) return undefined;
      if (contentType?.subtype === "event-stream") return undefined; // event-stream-conformance's business
      if (isEmptyText) return [...complaints(oracle, { value: "", schema: mediaType.schema })];
      if (body.kind === "not-judged") return { notJudged: body.reason };
      // response-body-integrity has reported a fault; bytes are described by no schema
      if (body.kind !== "values" || body.values.every(({ schema }) => schema === undefined)) return undefined;
      const found = body.values.flatMap((value) => [...complaints(oracle, value)]);
      if (exchange.case.phase !== "recorded") return found;
      // The length and form of a redacted value are unknown.
      const told = found.filter(({ kind, actual }) => kind === "type" || !/^"REDACTED(-\d+)?"$/.test(actual));
      return told.length === 0 && found.length > 0
        ? { notJudged: "a secret was redacted from the recorded response" }
        : told;
    },
};

const lists: ReadonlySet<string> = new Set(["enum", "const"]);

/** True for a violated type of the value, and in the schema, that another violation is of. */
function isTypeOf(one: Violation, other: Violation): boolean {
  const above = (pointer: string) => pointer.slice(0, pointer.lastIndexOf("/"));
  return (
    one.keyword === "type" && one.instance === other.instance && above(one.pointer) === above(other.pointer)
  );
}

/** Both rules in one sentence; the finding is that of the first. */
function withOthers(violation: Violation, others: readonly Violation[]): Violation {
  const words = others.map(({ message, instance }) => message.replace(`${instance} `, ""));
  return { ...violation, message: [violation.message, ...words].join(" and ") };
}

function* complaints(oracle: Oracle, { value, schema, name }: BodyValue): Generator<Complaint> {
  if (schema === undefined) return;
  const what = name === undefined ? "The body" : `The body's ${name}`;
  try {
    const violations = [...oracle.violations(schema, "response", value)];
    for (const violation of violations) {
      // A value of another type is in no list: that follows, and is said of the type alone.
      const follows = violations.some((one) => isTypeOf(one, violation));
      if (follows && lists.has(violation.keyword)) continue;
      const others = violations.filter((one) => lists.has(one.keyword) && isTypeOf(violation, one));
      yield schemaComplaint(oracle, what, schema, value, withOthers(violation, others));
    }
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    yield {
      kind: "schema-does-not-compile",
      pointer: schema,
      message: `This schema can't be used to judge anything: ${error.message}.`,
      expected: "a schema that compiles",
      actual: error.message,
    };
  }
}
