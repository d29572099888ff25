import type { RawResponse } from "../raw-response.ts";
import { ApiError } from "./api-error.ts";

/** The provider refused the request's content (422, RFC 9110 §15.5.21). */
export class UnprocessableEntityError extends ApiError {
  override readonly name = "UnprocessableEntityError";

  constructor(body?: unknown, rawResponse?: RawResponse) {
    super({ statusCode: 422, body, rawResponse });
  }
}
