import { type ExpectedAnswer, expectedAnswer } from "../calls/expected-answer.ts";
import { openSource } from "../streams/byte-source.ts";
import { openStream } from "../streams/open-stream.ts";
import type { Answer } from "./answer.ts";
import { decode } from "./decode.ts";
import { type BodyReader, dropBody } from "./read-body.ts";
import { type Receiving, receiveWhole, wholeLimit } from "./receive-whole.ts";

/**
 * Receives a success of which the contract documents more than one form, or another than JSON: whole where it can be
 * held, else the beginning of a stream; where no body is documented none is received.
 *
 * @throws ApiError with code `response_too_large`
 */
export async function receiveOther(
  { status, headers }: Response,
  reader: BodyReader | undefined,
  receiving: Receiving,
): Promise<Pick<Answer, "key" | "bytes" | "source" | "read">> {
  const { operation, call, failed, limits } = receiving;
  const { form, key }: ExpectedAnswer = call?.asStream
    ? { form: "stream", key: "" }
    : expectedAnswer(operation.answers ?? {}, status, headers.get("content-type"));
  const none = { key, bytes: undefined };
  if (form === undefined) {
    dropBody(reader);
    return { ...none, read: () => undefined };
  }
  if (form !== "bytes" && form !== "json" && form !== "text") {
    const maxBytes = limits.maxBytes ?? Infinity;
    const source = await openSource(reader, failed, { ...limits, maxBytes });
    return { ...none, source, read: (isValid, refuse) => openStream(source, form, isValid, refuse) };
  }
  const bytes = await receiveWhole(reader, receiving, form === "bytes" ? 2 ** 28 : wholeLimit);
  if (form === "json") return { ...none, bytes };
  if (form === "bytes") return { ...none, bytes, read: () => bytes.buffer };
  return {
    ...none,
    bytes,
    read(_, refuse) {
      const text = decode(bytes);
      if (text === undefined) refuse();
      return text;
    },
  };
}
