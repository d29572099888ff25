/// <reference lib="esnext.disposable" preserve="true" />
import type { ByteSource } from "./byte-source.ts";

/** A body's bytes as they arrive. `await using` or `cancel()` releases the connection before the end. */
export interface ByteStream extends ReadableStream<Uint8Array> {
  [Symbol.asyncDispose](): Promise<void>;
}

/** A stream that requests bytes only when it is read, so a slow reader isn't mistaken for a slow server. */
export function byteStream(source: ByteSource): ByteStream {
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const chunk = await source.next();
        if (chunk) controller.enqueue(chunk);
        else controller.close();
      },
      cancel: () => source.close(),
    },
    { highWaterMark: 0 },
  );
  return Object.assign(stream, {
    async [asyncDispose]() {
      source.close();
    },
  });
}

/** Where the platform has no such symbol, TypeScript's helper looks for none either. */
export const asyncDispose: typeof Symbol.asyncDispose =
  Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose");
