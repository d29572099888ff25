import { onlyAnswer } from "../calls/only-answer.ts";
import { redactBody } from "../secrets/redact-body.ts";
import type { Answer } from "./answer.ts";
import { decode } from "./decode.ts";
import { type BodyReader, errorLimit, readBody } from "./read-body.ts";
import { type Receiving, receiveWhole, wholeLimit } from "./receive-whole.ts";
import { toRawResponse } from "./to-raw-response.ts";

/**
 * The answer to a response: an error's body and whatever can be held is read whole, a stream is begun.
 *
 * @throws ElevenLabsError with code `response_too_large`
 * @throws what the stream throws when the body of a success breaks off
 */
export async function receive(response: Response, receiving: Receiving): Promise<Answer> {
  const { operation, call, validation = "error", warn, redact } = receiving;
  const { ok, status } = response;
  const reader: BodyReader | undefined = response.body?.getReader();
  const expected = onlyAnswer(operation.answers);
  const received = !ok
    ? // The status is worth more than a body that breaks off.
      { bytes: await readBody(reader, errorLimit).catch(() => undefined) }
    : expected?.form !== "json" || call?.asStream
      ? await (await import("./receive-other.ts")).receiveOther(response, reader, receiving)
      : { bytes: await receiveWhole(reader, receiving, wholeLimit) };
  return {
    ok,
    status,
    expected: expected ?? { form: undefined, key: "" },
    source: undefined,
    ...received,
    text() {
      const text = decode(received.bytes);
      return text && (ok ? text : redactBody(text, redact));
    },
    rawResponse: () => toRawResponse(response, redact),
    validation,
    warn,
  };
}
