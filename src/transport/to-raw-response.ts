import type { RawResponse } from "../raw-response.ts";
import type { Redactor } from "../secrets/create-redactor.ts";

/** The response without its body; what the server wrote freely is redacted, should it have echoed a secret. */
export function toRawResponse(response: Response, redact: Redactor): RawResponse {
  const { redirected, status, statusText, type, url } = response;
  let { headers } = response;
  const lines = [...headers];
  if (lines.some(([, value]) => redact(value) !== value))
    headers = new Headers(lines.map(([name, value]) => [name, redact(value)]));
  return { headers, redirected, status, statusText: redact(statusText), type, url: redact(url) };
}
