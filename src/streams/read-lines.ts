import type { ByteSource } from "./byte-source.ts";
import { readTexts } from "./read-texts.ts";

/** The texts of JSON lines, or with the separator RS those of a JSON sequence (RFC 7464), without blank ones. */
export async function* readLines(source: ByteSource, separator: string): AsyncGenerator<string, void> {
  for await (const text of readTexts(source, separator)) if (text.trim()) yield text;
}
