/** The most that is read of an answer, in bytes after content decoding: a token's answer has about 100. */
export const bodyLimit = 65_536;

/** Reads a response's body. */
export type BodyReader = ReadableStreamDefaultReader<Uint8Array>;

/**
 * The body as text, or `undefined` when it isn't UTF-8 (RFC 8259 §8.1) or is over the limit; then the rest is never
 * received.
 *
 * @throws what the stream throws when the body breaks off
 */
export async function readBody(reader: BodyReader | undefined): Promise<string | undefined> {
  if (!reader) return "";
  const chunks: Uint8Array[] = [];
  let left = bodyLimit;
  while (left >= 0) {
    const { done, value } = await reader.read();
    if (done) return decode(chunks);
    chunks.push(value);
    left -= value.length;
  }
  dropBody(reader);
  return undefined;
}

/** Ends the reception of a body. Not awaited: a stalled connection may never confirm it. */
export function dropBody(reader: BodyReader | undefined): void {
  reader?.cancel().catch(() => {});
}

function decode(chunks: readonly Uint8Array[]): string | undefined {
  try {
    // In one go: a decoder that is fed in parts is several times slower in Node.
    return new TextDecoder("utf-8", { fatal: true }).decode(
      new Uint8Array(chunks.flatMap((chunk) => [...chunk])),
    );
  } catch {
    return undefined;
  }
}
