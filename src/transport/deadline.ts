import { ApiError } from "../errors/api-error.ts";
import { ApiTimeoutError } from "../errors/api-timeout-error.ts";

/**
 * Runs work that must end: by itself, by the deadline or by the caller's signal, whichever comes first. The result
 * doesn't wait for work that ignores its signal, and neither a timer nor a listener is left behind.
 *
 * @throws ApiTimeoutError after `seconds`
 * @throws ApiError with code `aborted` when `abortSignal` fires, or had fired
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
    const stop = (error: ApiError): void => {
      reject(error);
      controller.abort(error);
    };
    const onAbort = (): void =>
      stop(
        new ApiError({
          message: "The call was aborted.",
          code: "aborted",
          cause: abortSignal?.reason,
        }),
      );
    if (abort?.aborted) return onAbort();
    if (abort) abort.onabort = onAbort;
    timer = setTimeout(
      () => stop(new ApiTimeoutError(`No response within ${seconds} s.`)),
      // The longest that a timer can wait; a longer one would fire at once.
      Math.min(seconds * 1000, 2 ** 31 - 1),
    );
    work(controller.signal).then(resolve, reject);
  }).finally(() => {
    clearTimeout(timer);
    if (abort) abort.onabort = null;
  });
}
