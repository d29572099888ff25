import type { RawResponse } from "../raw-response.ts";
import { ElevenLabsError } from "./eleven-labs-error.ts";
import { UnprocessableEntityError } from "./unprocessable-entity-error.ts";

/** The error for an answer whose status isn't a success. */
export function statusError(body: unknown, rawResponse: RawResponse): ElevenLabsError {
  const statusCode = rawResponse.status;
  return statusCode === 422
    ? new UnprocessableEntityError(body, rawResponse)
    : new ElevenLabsError({ statusCode, body, rawResponse });
}
