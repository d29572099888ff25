import { ApiError } from "../errors/api-error.ts";
import type { Answer } from "./answer.ts";

/** Statuses that have no body (Fetch Standard, "null body status"). */
const bodiless = [204, 205, 304];

/**
 * An answer as the platform's `Response`, decoded already. Its `json` throws one of our errors: the platform's would
 * show the body, which may hold a token.
 *
 * @throws ApiError with code `error_status` for a status that no response can have
 */
export async function toResponse(answer: Answer): Promise<Response> {
  const { bytes, source, text, rawResponse: toRaw } = answer;
  const rawResponse = toRaw();
  const { status, statusText, headers: received, url } = rawResponse;
  if (status < 200 || status > 599) throw new ApiError({ rawResponse });
  const headers = new Headers(received);
  headers.delete("content-encoding");
  headers.delete("transfer-encoding");
  // Of an error answer the text alone is redacted.
  const whole = bytes ?? new TextEncoder().encode(text());
  if (!source) headers.set("content-length", `${whole.length}`);
  const body = source ? (await import("../streams/byte-stream.ts")).byteStream(source) : whole;
  const response = new Response(bodiless.includes(status) ? null : body, { status, statusText, headers });
  return Object.defineProperties(response, {
    url: { value: url },
    json: {
      value: async () => {
        try {
          return JSON.parse(source ? await response.text() : `${text()}`);
        } catch {
          throw new ApiError({
            code: "invalid_answer",
            message: "The response isn't JSON.",
            rawResponse,
          });
        }
      },
    },
  });
}
