import { parseJsonText, throwUnlessBadText } from "../contract/large-integer.ts";
import { type Oracle, SchemaError } from "../schema/oracle.ts";
import { readEventStream } from "../wire/event-stream.ts";
import type { Check, Complaint } from "./check.ts";
import { describeValue } from "./describe-value.ts";
import { schemaComplaint } from "./schema-complaint.ts";

/**
 * An event stream reaches its readers complete (WHATWG HTML, section 9.2), and matches its schema: as a text if the schema
 * describes texts, otherwise each event's data as JSON.
 */
export const eventStreamConformance: Check = {
  id: "event-stream-conformance",
  rule: "Every event of a stream is complete and matches the documented schema.",
  begin:
    () =>
    ({ exchange, response, mediaType, contentType, body, oracle }) => {
      const isStream = contentType?.type === "text" && contentType.subtype === "event-stream";
      if (!response || !mediaType || !isStream || exchange.case.request.method === "HEAD") return undefined;
      if (body.kind === "fault") return undefined; // response-body-integrity has told it
      const [stream] = body.kind === "values" ? body.values : [];
      const text = typeof stream?.value === "string" ? stream.value : "";
      const framing = framingComplaints(text, mediaType.pointer);
      if (mediaType.schema === undefined || framing.length > 0) return framing;
      return schemaComplaints(oracle, mediaType.schema, text);
    },
};

function framingComplaints(text: string, pointer: string): Complaint[] {
  const { events, unfinished, ignored } = readEventStream(text);
  const [lost] = unfinished;
  if (events.length === 0 && (ignored.length > 0 || lost !== undefined))
    return [
      {
        kind: "no-event",
        pointer,
        message: "The body isn't an event stream: it contains no event.",
        expected: "lines such as `data: …`, and an empty line after each event",
        actual: describeValue(ignored[0] ?? lost, ""),
      },
    ];
  if (lost !== undefined)
    return [
      {
        kind: "incomplete-event",
        pointer,
        message: "The stream ends in the middle of an event, which readers discard.",
        expected: "an empty line after the last event",
        actual: describeValue(lost, ""),
      },
    ];
  return ignored.slice(0, 1).map((line) => ({
    kind: "unknown-field",
    pointer,
    severity: "warning",
    message: "A line of the stream has an unknown field, which readers ignore.",
    expected: "data, event, id or retry",
    actual: describeValue(line, ""),
  }));
}

function schemaComplaints(oracle: Oracle, schema: string, text: string): Complaint[] {
  if (oracle.compile(schema, "response") instanceof SchemaError) return []; // such a schema fails the run by itself
  const asText = oracle.violations(schema, "response", text);
  const describesTexts = !asText.some(({ keyword, instance }) => keyword === "type" && instance === "");
  if (describesTexts)
    return asText.map((violation) => schemaComplaint(oracle, "The stream", schema, text, violation));
  return readEventStream(text).events.flatMap((data, index) => {
    const what = `Event ${index + 1}`;
    let value: unknown;
    try {
      value = parseJsonText(data);
    } catch (error) {
      throwUnlessBadText(error);
      return [
        {
          kind: "data-is-no-json",
          pointer: schema,
          message: `${what} has data that isn't JSON, so it can't match the schema.`,
          expected: "JSON",
          actual: describeValue(data, ""),
        },
      ];
    }
    return oracle
      .violations(schema, "response", value)
      .map((violation) => schemaComplaint(oracle, what, schema, value, violation));
  });
}
