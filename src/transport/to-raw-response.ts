import type { RawResponse } from "../raw-response.ts";
import type { Redactor } from "../secrets/create-redactor.ts";

/** The response without its body; what the server wrote freely is redacted, should it have echoed a secret. */
export function toRawResponse(response: Response, redact: Redactor): RawResponse {
  const { redirected, status, statusText, type, url } = response;
  const headers = new Headers();
  // A name that has to be redacted would be none any more.
  for (const [name, value] of response.headers)
    if (redact(name) === name) headers.append(name, redact(value));
  return { headers, redirected, status, statusText: redact(statusText), type, url: redact(url) };
}
