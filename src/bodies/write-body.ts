import type { Style } from "../calls/operation.ts";
import { writeQuery } from "../calls/write-query.ts";
import type { OutgoingRequest } from "../transport/outgoing-request.ts";
import { isStreamed, toBytes } from "./to-bytes.ts";
import { writeForm } from "./write-form.ts";

/**
 * A request's body in its documented media type, with the header that names it. JSON and forms are written from a value;
 * anything else is what the platform sends as it is.
 *
 * @param styles how the members of a urlencoded form are written, by `body name`
 */
export async function writeBody(
  body: unknown,
  mediaType: string,
  styles: Readonly<Record<string, Style>> | undefined,
): Promise<Pick<OutgoingRequest, "body" | "headers" | "isOnce">> {
  const isPlain = typeof body === "object" && body !== null && isPlainObject(body);
  // A form that the caller made names itself, with its boundary (Fetch Standard, "extract a body").
  if (body instanceof FormData || body instanceof URLSearchParams) return { body };
  if (/^multipart\/form-data/i.test(mediaType) && isPlain) return { body: await writeForm(body) };
  const headers = { "content-type": mediaType };
  if (/^application\/x-www-form-urlencoded/i.test(mediaType) && isPlain)
    return { body: writeQuery(body, (name) => styles?.[`body ${name}`]), headers };
  if (/[/+]json\s*(;|$)/i.test(mediaType)) return { body: JSON.stringify(body), headers };
  if (/[/+-](ndjson|jsonl)\b/i.test(mediaType) && Array.isArray(body))
    return { body: body.map((line) => `${JSON.stringify(line)}\n`).join(""), headers };
  if (isStreamed(body)) return { body: toBytes(body), headers, isOnce: true };
  // The generated call surface asks for text or bytes.
  return { body: body as BodyInit, headers };
}

function isPlainObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
