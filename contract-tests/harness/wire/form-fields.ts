import type { ParsedMediaType } from "../http/media-type.ts";

/** A field of a form: its name and its content as text, one character a byte where it isn't UTF-8. */
export type FormField = readonly [name: string, text: string];

/** The fields of a form in order, repeats kept; undefined when the body is no form of that type. */
export function formFields(body: Uint8Array, contentType: ParsedMediaType): FormField[] | undefined {
  if (contentType.subtype === "x-www-form-urlencoded")
    return [...new URLSearchParams(textOf(Buffer.from(body)))];
  return contentType.boundary === undefined ? undefined : multipartFields(body, contentType.boundary);
}

/** RFC 7578, section 4: each part tells its name in Content-Disposition. */
function multipartFields(body: Uint8Array, boundary: string): FormField[] | undefined {
  const text = Buffer.from(body).toString("latin1");
  const pieces = `\r\n${text}`.split(`\r\n--${boundary}`);
  const last = pieces.pop();
  if (pieces.length === 0 || !last?.startsWith("--")) return undefined;
  const fields: FormField[] = [];
  for (const piece of pieces.slice(1)) {
    const end = piece.indexOf("\r\n\r\n");
    const name = /^content-disposition:.*?[;\s]name="([^"]*)"/im.exec(piece.slice(0, end))?.[1];
    if (end === -1 || name === undefined) return undefined;
    fields.push([
      textOf(Buffer.from(name, "latin1")).replaceAll("%22", '"'),
      textOf(Buffer.from(piece.slice(end + 4), "latin1")),
    ]);
  }
  return fields;
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes.toString("latin1");
  }
}
