import { isDeepStrictEqual } from "node:util";
import type { Complaint } from "../checks/check.ts";
import type { Exchange } from "../checks/finding.ts";
import type { Operation } from "../contract/contract.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { headerValue } from "../http/header-value.ts";
import { isJsonType, parseMediaType } from "../http/media-type.ts";
import type { HttpResponse } from "../http/message.ts";
import { readEventStream } from "../wire/event-stream.ts";
import type { ClientCall } from "./client-call.ts";

/** What became of a call. */
export type ClientOutcome = { readonly value: unknown } | { readonly error: unknown };

/** What is wrong with what a client made of an answer: a value of a success, an error of everything else. */
export function outcomeComplaints(
  { status, judgeError }: ClientCall,
  operation: Operation,
  { response }: Exchange,
  outcome: ClientOutcome,
): Complaint[] {
  const pointer = joinPointer(operation.pointer, "responses", String(status));
  const complaint = (kind: string, expected: string, actual: string): Complaint[] => [
    { kind, pointer, message: "The client's result differs from the response.", expected, actual },
  ];
  if (status < 300) {
    if ("error" in outcome) return complaint("threw", "the response body", describeError(outcome.error));
    const got = comparable(outcome.value);
    const answered = (response && answeredValue(response, got)) ?? null;
    return isDeepStrictEqual(answered, got)
      ? []
      : complaint("another-value", described(answered), described(got));
  }
  if ("value" in outcome) return complaint("resolved", `an error for the status ${status}`, "a value");
  const wrong = judgeError?.(outcome.error);
  return wrong ? complaint("another-error", wrong.expected, wrong.actual) : [];
}

/**
 * The answer in the form that its media type asks for: JSON as a value, series as the list of their values, text as text,
 * everything else as bytes. Of a series a client may also hand on the bytes, since some are sound.
 */
function answeredValue({ headers, body }: HttpResponse, given: unknown): unknown {
  if (body.length === 0) return undefined;
  const media = parseMediaType(headerValue(headers, "content-type") ?? "");
  const text = new TextDecoder().decode(body);
  if (media && isJsonType(media)) return JSON.parse(text);
  const isEvents = media?.type === "text" && media.subtype === "event-stream";
  const isLines = /^(x-)?(ndjson|jsonl|jsonlines)$|^(.+\+)?json-seq$/.test(media?.subtype ?? "");
  if (Array.isArray(given) && isEvents)
    return readEventStream(text).events.map((data, index) =>
      typeof given[index] === "string" ? data : JSON.parse(data),
    );
  if (Array.isArray(given) && isLines)
    return text
      .split(media?.subtype.endsWith("json-seq") ? "\u001e" : "\n")
      .filter((line) => line.trim() !== "")
      .map((line) => JSON.parse(line));
  return media?.type === "text" && !isEvents ? text : Buffer.from(body);
}

/** Bytes as bytes, whatever holds them, and anything else as JSON has it: clients have models of their own. */
function comparable(value: unknown): unknown {
  if (value instanceof ArrayBuffer) return Buffer.from(value);
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return JSON.parse(JSON.stringify(value) ?? "null");
}

function described(value: unknown): string {
  return Buffer.isBuffer(value) ? `${value.length} bytes` : JSON.stringify(value);
}

function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
