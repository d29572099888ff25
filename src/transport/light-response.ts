import type { RawResponse } from "../raw-response.ts";
import type { Answer } from "./transport.ts";

/** The few members of a `Response` that openapi-fetch reads: a real one would cost a tenth of a call. */
export interface LightResponse extends RawResponse {
  readonly ok: boolean;
  readonly rawResponse: RawResponse;
  text(): Promise<string | undefined>;
}

export function toLightResponse({ ok, text, rawResponse }: Answer): LightResponse {
  return { ...rawResponse, ok, rawResponse, text: async () => text };
}
