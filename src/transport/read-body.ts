/** The most that is read of an error answer, in bytes after content decoding. */
export const errorLimit = 65_536;

/** Reads a response's body. */
export type BodyReader = ReadableStreamDefaultReader<Uint8Array>;

/**
 * The body's bytes, or `undefined` when they are more than `limit`; then the rest is never received.
 *
 * @throws what the stream throws when the body breaks off
 */
export async function readBody(
  reader: BodyReader | undefined,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length <= limit) {
    const chunk = (await reader?.read())?.value;
    if (!chunk) return joined(chunks, length);
    // A body of empty chunks would keep every timer from firing, the deadline's too.
    if (!chunk.length) await new Promise((resolve) => setTimeout(resolve));
    chunks.push(chunk);
    length += chunk.length;
  }
  dropBody(reader);
  return undefined;
}

/** Ends the reception of a body. Not awaited: a stalled connection may never confirm it. */
export function dropBody(body: Pick<BodyReader, "cancel"> | null | undefined): void {
  body?.cancel().catch(() => {});
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
