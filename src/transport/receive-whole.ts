import type { ClientOptions, RequestOptions } from "../client-options.ts";
import type { Redactor } from "../secrets/create-redactor.ts";
import type { StreamLimits } from "../streams/byte-source.ts";
import type { Answer } from "./answer.ts";
import type { OutgoingRequest } from "./outgoing-request.ts";
import { type BodyReader, readBody } from "./read-body.ts";

/** The most bytes of JSON or text, by default. */
export const wholeLimit = 2 ** 24;

/** What receiving needs to know besides the response. */
export interface Receiving extends Pick<Answer, "warn" | "failed"> {
  readonly operation: OutgoingRequest["operation"];
  readonly call: RequestOptions | undefined;
  readonly validation: ClientOptions["validation"];
  readonly limits: Omit<StreamLimits, "maxBytes"> & { readonly maxBytes: number | undefined };
  readonly redact: Redactor;
}

/**
 * A success that can be held, as bytes.
 *
 * @throws ApiError with code `response_too_large`
 */
export async function receiveWhole(
  reader: BodyReader | undefined,
  { failed, limits: { maxBytes } }: Receiving,
  defaultLimit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const limit = maxBytes ?? defaultLimit;
  const bytes = await readBody(reader, limit);
  if (bytes) return bytes;
  throw failed("response_too_large", `The response is larger than ${limit} bytes.`);
}
