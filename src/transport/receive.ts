import type { Answer } from "./answer.ts";
import { decode } from "./decode.ts";
import type { BodyReader } from "./read-body.ts";
import { type Receiving, receiveWhole, wholeLimit } from "./receive-whole.ts";
import { toRawResponse } from "./to-raw-response.ts";

/**
 * The answer to a response: an error's body and whatever can be held is read whole, a stream is begun.
 *
 * @throws ApiError with code `response_too_large`
 * @throws what the stream throws when the body of a success breaks off
 */
export async function receive(response: Response, receiving: Receiving): Promise<Answer> {
  const { operation, call, redact } = receiving;
  const { ok, status } = response;
  const reader: BodyReader | undefined = response.body?.getReader();
  const received: Pick<Answer, "bytes"> & Partial<Answer> = !ok
    ? await (await import("./receive-error.ts")).receiveError(reader, receiving)
    : !operation.json || call?.asStream
      ? await (await import("./receive-other.ts")).receiveOther(response, reader, receiving)
      : { bytes: await receiveWhole(reader, receiving, wholeLimit) };
  return {
    ...receiving,
    ok,
    status,
    key: operation.json,
    text: () => decode(received.bytes),
    ...received,
    rawResponse: () => toRawResponse(response, redact),
  };
}
