import { ElevenLabsError } from "../errors/eleven-labs-error.ts";
import { ElevenLabsTimeoutError } from "../errors/eleven-labs-timeout-error.ts";

/**
 * Runs work that must end: by itself, by the deadline or by the caller's signal, whichever comes first. The result
 * doesn't wait for work that ignores its signal, and neither a timer nor a listener is left behind.
 *
 * @throws ElevenLabsTimeoutError after `seconds`
 * @throws ElevenLabsError with code `aborted` when `abortSignal` fires, or had fired
 */
export function withDeadline<T>(
  seconds: number,
  abortSignal: AbortSignal | null | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  // A signal of our own: listeners on the caller's would add up, and Node warns of more than ten.
  const abort = abortSignal && AbortSignal.any([abortSignal]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  return new Promise<T>((resolve, reject) => {
    const stop = (error: ElevenLabsError): void => {
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
    if (abort?.aborted) return onAbort();
    if (abort) abort.onabort = onAbort;
    timer = setTimeout(
      () => stop(new ElevenLabsTimeoutError(`No answer within ${seconds} s.`)),
      // The longest that a timer can wait; a longer one would fire at once.
      Math.min(seconds * 1000, 2 ** 31 - 1),
    );
    work(controller.signal).then(resolve, reject);
  }).finally(() => {
    clearTimeout(timer);
    if (abort) abort.onabort = null;
  });
}
