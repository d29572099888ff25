import { contentCodings, decodeBody } from "../http/content-coding.ts";
import type { HeaderLine } from "../http/message.ts";
import { printable } from "./console-output.ts";

/** A body longer than this is cut where it is shown; the JSON report has all of it. */
const LONGEST_SHOWN = 8_000;
/** Nor is a longer one indented: all of it would have to be. */
const LONGEST_INDENTED = 1_000_000;
const BYTES_PER_LINE = 16;
const BYTES_SHOWN = 512;

export interface ShownBody {
  readonly text: string;
  /** What was done to show it, or what is wrong with it: "gzip undone", "not UTF-8". */
  readonly notes: readonly string[];
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A body as people read it: content codings undone, JSON indented, control characters visible, bytes in hex. */
export function shownBody(body: Uint8Array, headers: readonly HeaderLine[]): ShownBody {
  const notes: string[] = [];
  const codings = contentCodings(headers);
  const decoding = decodeBody(body, codings);
  const content = "body" in decoding ? decoding.body : body;
  if (codings.length > 0)
    notes.push("body" in decoding ? `${codings.join(", ")} decoded` : `${codings.join(", ")} not decoded`);
  let text: string;
  try {
    text = strict.decode(content);
  } catch {
    if (content.length > BYTES_SHOWN) notes.push(`the first ${BYTES_SHOWN} of ${content.length} bytes`);
    return { text: hexDump(content.subarray(0, BYTES_SHOWN)), notes: [...notes, "not UTF-8"] };
  }
  const indented = indentedJson(text);
  const whole = indented ?? text;
  if (whole.length > LONGEST_SHOWN) notes.push(`the first ${LONGEST_SHOWN} of ${whole.length} characters`);
  return { text: printable(whole.slice(0, LONGEST_SHOWN)), notes };
}

/** Indented only where nothing is lost by it: numbers and names that a parser would change are left as they are. */
function indentedJson(text: string): string | undefined {
  if (text.length > LONGEST_INDENTED || !/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    const strip = (json: string) => json.replace(/\s+/g, "");
    const indented = JSON.stringify(value, null, 2);
    return strip(indented) === strip(text) ? indented : undefined;
  } catch {
    return undefined;
  }
}

function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let offset = 0; offset < bytes.length; offset += BYTES_PER_LINE) {
    const row = [...bytes.subarray(offset, offset + BYTES_PER_LINE)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const ascii = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·")).join("");
    lines.push(`${offset.toString(16).padStart(4, "0")}  ${hex.padEnd(BYTES_PER_LINE * 3)} ${ascii}`);
  }
  return lines.join("\n");
}
