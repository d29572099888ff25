import type { OutgoingRequest } from "../transport/outgoing-request.ts";

/**
 * A request's body in its documented media type, with the header that names it. JSON is written; anything else is what
 * the platform sends as it is, and names itself when it is a form, with its boundary (Fetch Standard, "extract a body").
 */
export function writeBody(
  body: unknown,
  mediaType = "application/json",
): Pick<OutgoingRequest, "body" | "headers"> {
  // The generated call surface asks for JSON values, forms and bytes where the contract documents them.
  const sent = (/json\b/.test(mediaType) ? JSON.stringify(body) : body) as BodyInit | undefined;
  return sent === undefined || /[/-]form-/.test(mediaType)
    ? { body: sent }
    : { body: sent, headers: { "content-type": mediaType } };
}
