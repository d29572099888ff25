import { expectedAnswer } from "../calls/expected-answer.ts";
import { openSource } from "../streams/byte-source.ts";
import type { Answer } from "./answer.ts";
import { type BodyReader, dropBody } from "./read-body.ts";
import { type Receiving, receiveWhole, wholeLimit } from "./receive-whole.ts";

/**
 * Receives a success of which the contract documents more than one form, or another than JSON: whole where it can be
 * held, else the beginning of a stream; where no body is documented none is received.
 *
 * @throws ElevenLabsError with code `response_too_large`
 */
export async function receiveOther(
  { status, headers }: Response,
  reader: BodyReader | undefined,
  receiving: Receiving,
): Promise<Pick<Answer, "expected" | "bytes" | "source">> {
  const { operation, call, failed, limits } = receiving;
  const expected: Answer["expected"] = call?.asStream
    ? { form: "stream", key: "" }
    : expectedAnswer(operation.answers, status, headers.get("content-type"));
  const none = { expected, bytes: undefined, source: undefined };
  if (expected.form === undefined) dropBody(reader);
  else if (expected.form === "bytes" || expected.form === "json" || expected.form === "text") {
    const bytes = await receiveWhole(reader, receiving, expected.form === "bytes" ? 2 ** 28 : wholeLimit);
    return { ...none, bytes };
  } else
    return {
      ...none,
      source: await openSource(reader, failed, { ...limits, maxBytes: limits.maxBytes ?? Infinity }),
    };
  return none;
}
