import { contentCodings, decodeBody, encodeBody } from "../http/content-coding.ts";
import type { HeaderLine } from "../http/message.ts";

/** Bytes as characters of the same value and back: nothing is lost, whatever the charset. */
const toText = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
const toBytes = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

/**
 * A body as it may be shown: its content codings undone, redacted, and redone if anything had to go; the very same
 * bytes otherwise. A body that can't be searched for secrets is replaced, since what it holds is not known.
 */
export function redactBody(
  body: Uint8Array,
  headers: readonly HeaderLine[],
  redact: (text: string) => string,
): Uint8Array {
  const codings = contentCodings(headers);
  if (codings.length === 0 || body.length === 0) return redactBytes(body, redact);
  const decoding = decodeBody(body, codings);
  if ("failure" in decoding) {
    // Not in the coding that it claims: what stands there is the content itself.
    if (decoding.failure === "not-coded") return redactBytes(body, redact);
    return toBytes(
      `REDACTED: a body in ${codings.join(", ")} (${decoding.failure}) can't be searched for secrets`,
    );
  }
  const redacted = redactBytes(decoding.body, redact);
  return redacted === decoding.body ? body : (encodeBody(redacted, codings) ?? redacted);
}

function redactBytes(body: Uint8Array, redact: (text: string) => string): Uint8Array {
  const text = toText(body);
  const redacted = redact(text);
  return redacted === text ? body : toBytes(redacted);
}
