/// <reference lib="esnext.disposable" preserve="true" />
import type { Validator } from "../calls/validator.ts";
import type { ByteSource } from "./byte-source.ts";
import { asyncDispose } from "./byte-stream.ts";

/**
 * The values of a body as they arrive, to be read once: `for await (const value of stream)`. Leaving the loop, `await
 * using` and `return()` release the connection before the end.
 */
export interface ValueStream<T> extends AsyncIterableIterator<T, void, undefined> {
  [Symbol.asyncDispose](): Promise<void>;
}

/** How a series of texts becomes one of values. */
export interface ValueReading {
  readonly isJson: boolean;
  readonly isValid: Validator | undefined;
  /** Throws, or lets a value pass that isn't what is documented. */
  readonly refuse: () => void;
}

/** What stands for the end of events in the APIs that have such a word; it is no JSON. */
const endOfEvents = "[DONE]";

export function valueStream(
  source: ByteSource,
  texts: AsyncIterable<string>,
  reading: ValueReading,
): ValueStream<unknown> {
  const values = readValues(source, texts, reading);
  return {
    next: () => values.next(),
    // At once, though a value may be waited for.
    return() {
      source.close();
      return values.return();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [asyncDispose]() {
      source.close();
      await values.return();
    },
  };
}

async function* readValues(
  source: ByteSource,
  texts: AsyncIterable<string>,
  { isJson, isValid, refuse }: ValueReading,
): AsyncGenerator<unknown, void, undefined> {
  try {
    for await (const text of texts) {
      if (isJson && text.trim() === endOfEvents) return;
      let value: unknown = text;
      let isRead = true;
      if (isJson)
        try {
          value = JSON.parse(text);
        } catch {
          isRead = false;
        }
      if (!isRead || isValid?.(value) === false) refuse();
      yield value;
    }
  } finally {
    source.close();
  }
}
