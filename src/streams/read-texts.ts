import type { ByteSource } from "./byte-source.ts";

/** The most characters of one value: what can't be held at once is no value but a stream. */
const longest = 2 ** 24;

/**
 * A body's UTF-8, cut at a separator of one character; a byte order mark is left out. What stands behind the last
 * separator comes last.
 *
 * @param prepare changes the text of each chunk before it is cut
 * @throws ApiError with code `invalid_answer` for what isn't UTF-8, `response_too_large` for a part over 16 MiB
 */
export async function* readTexts(
  source: ByteSource,
  separator: string,
  prepare = (text: string): string => text,
): AsyncGenerator<string, void> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = (chunk?: Uint8Array): string => {
    try {
      return prepare(decoder.decode(chunk, { stream: chunk !== undefined }));
    } catch {
      throw source.failed("invalid_answer", "The response isn't UTF-8.");
    }
  };
  let parts: string[] = [];
  let length = 0;
  for (let chunk = await source.next(); chunk; chunk = await source.next()) {
    const [first = "", ...rest] = decode(chunk).split(separator);
    parts.push(first);
    length += first.length;
    for (const next of rest) {
      yield parts.join("");
      parts = [next];
      length = next.length;
    }
    if (length > longest)
      throw source.failed(
        "response_too_large",
        `A part of the response is larger than ${longest} characters.`,
      );
  }
  yield parts.join("") + decode();
}
