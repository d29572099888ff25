/// <reference lib="esnext.disposable" preserve="true" />
import type { ByteSource } from "./byte-source.ts";

/** A body's bytes as they come. `await using`, or `cancel()`, gives the connection back before the end. */
export interface ByteStream extends ReadableStream<Uint8Array> {
  [Symbol.asyncDispose](): Promise<void>;
}

/** A stream that asks for bytes only when it is read, so that a slow reader is no slow server. */
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
