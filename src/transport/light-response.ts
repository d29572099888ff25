import type { RawResponse } from "../raw-response.ts";
import type { Answer } from "./transport.ts";

/** The few members of a `Response` that openapi-fetch reads: a real one would cost a tenth of a call. */
export interface LightResponse {
  readonly rawResponse: RawResponse;
  readonly status: number;
  readonly ok: boolean;
  readonly headers: Headers;
  text(): Promise<string | undefined>;
}

export function toLightResponse({ text, rawResponse }: Answer): LightResponse {
  const { status, headers } = rawResponse;
  return { rawResponse, status, ok: status >= 200 && status < 300, headers, text: async () => text };
}
