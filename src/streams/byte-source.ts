import type { ApiError } from "../errors/api-error.ts";
import type { ApiErrorCode } from "../errors/error-code.ts";
import { withDeadline } from "../transport/deadline.ts";
import { type BodyReader, dropBody } from "../transport/read-body.ts";

/** A body as it comes. */
export interface ByteSource {
  /** The next bytes, never none of them; `undefined` at the end. */
  next(): Promise<Uint8Array | undefined>;
  /** Ends the reception at once, and what waits for it. */
  close(): void;
  /** One of the client's errors about this answer. */
  failed(code: ApiErrorCode, message: string, cause?: unknown): ApiError;
}

/** What a stream is held to. */
export interface StreamLimits {
  /** From one byte to the next, while the caller waits for it. */
  readonly seconds: number;
  readonly maxBytes: number;
  readonly abortSignal: AbortSignal | null | undefined;
}

/**
 * Waits for a body's first bytes, which are still under the call's deadline, and hands on a source of all of them. When
 * the caller's signal fires, the connection is closed at once, even if nobody reads.
 *
 * @throws what the stream throws when the body breaks off before its first byte
 */
export async function openSource(
  reader: BodyReader | undefined,
  failed: ByteSource["failed"],
  { seconds, maxBytes, abortSignal }: StreamLimits,
): Promise<ByteSource> {
  let left = maxBytes;
  let failure: unknown;
  const abort = abortSignal && AbortSignal.any([abortSignal]);
  const drop = (): void => dropBody(reader);
  const leave = (): void => abort?.removeEventListener("abort", drop);
  const close = (): void => {
    leave();
    drop();
  };
  abort?.addEventListener("abort", drop);
  const read = async (): Promise<Uint8Array | undefined> => {
    for (;;) {
      const chunk = (await reader?.read())?.value;
      if (!chunk || chunk.length) return chunk;
      // A body of empty chunks would keep every timer from firing.
      await new Promise((resolve) => setTimeout(resolve));
    }
  };
  const counted = (chunk: Uint8Array | undefined): Uint8Array | undefined => {
    left -= chunk?.length ?? 0;
    if (left < 0) throw failed("response_too_large", `The response is larger than ${maxBytes} bytes.`);
    if (!chunk) leave();
    return chunk;
  };
  let first: Promise<Uint8Array | undefined> | undefined = Promise.resolve(await read());
  return {
    failed,
    close,
    async next() {
      if (failure) throw failure;
      try {
        const pending = first;
        first = undefined;
        const chunk = await (pending ??
          withDeadline(seconds, abortSignal, () =>
            read().catch((error) => {
              throw failed("network_error", "The response was cut off.", error);
            }),
          ));
        return counted(chunk);
      } catch (error) {
        failure = error;
        close();
        throw error;
      }
    },
  };
}
