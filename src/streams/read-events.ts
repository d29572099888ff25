import type { ByteSource } from "./byte-source.ts";
import { readTexts } from "./read-texts.ts";

/**
 * The data of server-sent events (HTML Living Standard §9.2.6): their `data` lines, joined. Comments and other fields are
 * passed over; so is an event without data, and one that the end cuts off before its blank line.
 */
export async function* readEvents(source: ByteSource): AsyncGenerator<string, void> {
  let data: string[] = [];
  for await (const line of readTexts(source, "\n", withPlainLineEnds())) {
    if (line === "") {
      if (data.length) yield data.join("\n");
      data = [];
    } else if (/^data(:|$)/.test(line)) data.push(line.slice(5).replace(/^ /, ""));
  }
}

/** Makes CR LF and CR to LF, in chunks that may part the two; a CR ends its line before anybody knows what follows. */
function withPlainLineEnds(): (text: string) => string {
  let isAfterReturn = false;
  return (text) => {
    const rest = isAfterReturn ? text.replace(/^\n/, "") : text;
    if (text) isAfterReturn = rest.endsWith("\r");
    return rest.replace(/\r\n?/g, "\n");
  };
}
