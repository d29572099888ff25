import type { AnswerForm } from "../../src/calls/operation.ts";

/** What a media type's schema says of how it is read. */
export interface MediaSchema {
  /** A string that isn't text: `format: binary`, or 3.1's `contentMediaType` without an encoding. */
  readonly isBinary: boolean;
  readonly isString: boolean;
  /** `x-stream: true`, by which an overlay says that an answer comes bit by bit. */
  readonly isStreamed: boolean;
}

/**
 * The form of a documented answer, by its media type (RFC 6839, RFC 7464, HTML Living Standard §9.2) and its schema: a
 * binary event stream, as the exporter writes chunked audio, is a stream of bytes.
 */
export function answerForm(mediaType: string, { isBinary, isString, isStreamed }: MediaSchema): AnswerForm {
  const essence = mediaType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const isLines = /[/+](x-)?(ndjson|jsonl|json-?lines|jsonlines)$/.test(essence);
  const isEvents = essence === "text/event-stream";
  const isSequence = /[/+]json-seq$/.test(essence);
  if (isStreamed && !isEvents && !isLines && !isSequence) return "stream";
  if (isBinary) return isEvents || isLines || isSequence ? "stream" : "bytes";
  if (isEvents) return isString ? "event-texts" : "events";
  if (isLines) return "lines";
  if (isSequence) return "sequence";
  if (isJson(essence)) return "json";
  if (/^text\/|[/+](xml|yaml)$|^application\/(javascript|x-www-form-urlencoded|x-yaml)$/.test(essence))
    return "text";
  return "bytes";
}

/** JSON by name or by suffix (RFC 6839 §3.1), with or without parameters. */
export function isJson(mediaType: string): boolean {
  return /[/+]json\s*(;|$)/i.test(mediaType);
}

/** Whether the body of an answer is values one after the other, each with the documented schema. */
export function isSeries(form: AnswerForm): boolean {
  return form === "events" || form === "event-texts" || form === "lines" || form === "sequence";
}
