import { ElevenLabsError } from "../errors/eleven-labs-error.ts";
import { ElevenLabsTimeoutError } from "../errors/eleven-labs-timeout-error.ts";

/** The longest that a timer can wait; a longer one would fire at once. */
const longestTimer = 2 ** 31 - 1;

/**
 * Runs work that must end: by itself, by the deadline or by the caller's signal, whichever comes first. The result
 * doesn't wait for work that ignores its signal, and neither a timer nor a listener is left behind.
 *
 * @throws ElevenLabsTimeoutError after `milliseconds`
 * @throws ElevenLabsError with code `aborted` when `abortSignal` fires, or had fired
 */
export function withDeadline<T>(
  milliseconds: number,
  abortSignal: AbortSignal | null | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const release = (): void => {
      clearTimeout(timer);
      abortSignal?.removeEventListener("abort", onAbort);
    };
    const stop = (error: ElevenLabsError): void => {
      release();
      reject(error);
      controller.abort(error);
    };
    const onAbort = (): void =>
      stop(
        new ElevenLabsError({
          message: "The call was aborted.",
          code: "aborted",
          cause: abortSignal?.reason,
        }),
      );
    const timer = setTimeout(
      () => stop(new ElevenLabsTimeoutError(`No answer within ${milliseconds / 1000} s.`)),
      Math.min(milliseconds, longestTimer),
    );
    if (abortSignal?.aborted) {
      onAbort();
      return;
    }
    abortSignal?.addEventListener("abort", onAbort);
    work(controller.signal).then(resolve, reject).finally(release);
  });
}
