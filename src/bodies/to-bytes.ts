/** Bytes that come one part after the other, such as Node's `createReadStream` gives them. */
export type Streamed = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array | string>;

export function isStreamed(value: unknown): value is Streamed {
  return (
    typeof value === "object" && value !== null && Symbol.asyncIterator in value && !("arrayBuffer" in value)
  );
}

/** Any of them as the platform's stream. */
export function toBytes(parts: Streamed): ReadableStream<Uint8Array> {
  if (parts instanceof ReadableStream) return parts;
  const iterator = parts[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
