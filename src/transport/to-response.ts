import { ElevenLabsError } from "../errors/eleven-labs-error.ts";
import type { Answer } from "./answer.ts";

/** Statuses that have no body (Fetch Standard, "null body status"). */
const bodiless = [204, 205, 304];

/**
 * An answer as the platform's `Response`, decoded already. Its `json` throws one of our errors: the platform's would
 * show the body, which may hold a token.
 *
 * @throws ElevenLabsError with code `invalid_answer` for a success that is over the limit
 */
export function toResponse({ ok, bytes, text, rawResponse: toRaw }: Answer): Response {
  const rawResponse = toRaw();
  const invalid = (message: string): ElevenLabsError =>
    new ElevenLabsError({ code: "invalid_answer", message, rawResponse });
  if (ok && !bytes) throw invalid("The answer is too large.");
  const { status, statusText, headers: received, url } = rawResponse;
  const headers = new Headers(received);
  headers.delete("content-encoding");
  headers.delete("transfer-encoding");
  // Of an error answer the text alone is redacted.
  const body = (ok && bytes) || new TextEncoder().encode(text);
  headers.set("content-length", `${body.length}`);
  const response = new Response(bodiless.includes(status) ? null : body, { status, statusText, headers });
  return Object.defineProperties(response, {
    url: { value: url },
    json: {
      value: async () => {
        try {
          return JSON.parse(`${text}`);
        } catch {
          throw invalid("The answer isn't JSON.");
        }
      },
    },
  });
}
