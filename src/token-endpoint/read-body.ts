/** Bytes of the body, or why it was not read to its end. */
export type BodyResult =
  | { readonly bytes: Uint8Array }
  | { readonly failed: "content-too-large" | "request-timeout" | "bad-request" };

/**
 * Reads a body of limited length in limited time; what is over either limit is cancelled, not read.
 *
 * @param maxBytes - The most that is read.
 * @param timeoutMs - Milliseconds from the call to the last byte.
 */
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
  timeoutMs: number,
): Promise<BodyResult> {
  if (body === null) return { bytes: new Uint8Array() };
  const reader = body.getReader();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(resolve, timeoutMs, "late");
  });

  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const next = await Promise.race([reader.read(), late]);
      if (next === "late") return stop(reader, "request-timeout");
      if (next.done) return { bytes: joined(chunks, size) };
      size += next.value.byteLength;
      if (size > maxBytes) return stop(reader, "content-too-large");
      chunks.push(next.value);
    }
  } catch {
    // The caller hung up in the middle, or sent a broken transfer coding.
    return { failed: "bad-request" };
  } finally {
    clearTimeout(timer);
  }
}

function stop(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  failed: "content-too-large" | "request-timeout",
): BodyResult {
  // Not awaited: whoever feeds the stream may take for ever over this too.
  reader.cancel().catch(() => {});
  return { failed };
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
