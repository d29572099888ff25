import type { AnswerForm } from "../calls/operation.ts";
import type { Validator } from "../calls/validator.ts";
import type { ByteSource } from "./byte-source.ts";
import { type ByteStream, byteStream } from "./byte-stream.ts";
import { readEvents } from "./read-events.ts";
import { readLines } from "./read-lines.ts";
import { type ValueStream, valueStream } from "./value-stream.ts";

/** The bytes or the values of a body that is still coming. */
export function openStream(
  source: ByteSource,
  form: AnswerForm | undefined,
  isValid: Validator | undefined,
  refuse: () => void,
): ByteStream | ValueStream<unknown> {
  const reading = { isJson: form !== "event-texts", isValid, refuse };
  if (form === "events" || form === "event-texts") return valueStream(source, readEvents(source), reading);
  if (form === "lines") return valueStream(source, readLines(source, "\n"), reading);
  // RFC 7464 §2.2: a record separator stands before each text.
  if (form === "sequence") return valueStream(source, readLines(source, "\x1e"), reading);
  return byteStream(source);
}
