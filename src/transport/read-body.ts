/** The most that is read of an answer, in bytes after content decoding: a token's answer has about 100. */
export const bodyLimit = 65_536;

/** Reads a response's body. */
export type BodyReader = ReadableStreamDefaultReader<Uint8Array>;

/**
 * The body's bytes, or `undefined` when they are over the limit; then the rest is never received.
 *
 * @throws what the stream throws when the body breaks off
 */
export async function readBody(reader: BodyReader | undefined): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length <= bodyLimit) {
    const chunk = (await reader?.read())?.value;
    if (!chunk) return joined(chunks, length);
    chunks.push(chunk);
    length += chunk.length;
  }
  dropBody(reader);
  return undefined;
}

/** Ends the reception of a body. Not awaited: a stalled connection may never confirm it. */
export function dropBody(reader: BodyReader | undefined): void {
  reader?.cancel().catch(() => {});
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
