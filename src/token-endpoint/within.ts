/** The work took longer than it may. */
export class TookTooLong extends Error {
  override readonly name = "TookTooLong";
}

/** Nobody waits for the work any more. */
export class CallerLeft extends Error {
  override readonly name = "CallerLeft";
}

/**
 * What the application's own work gives, unless it takes too long or the caller leaves first; then it goes on alone.
 *
 * @throws {TookTooLong} after `timeoutMs` milliseconds
 * @throws {CallerLeft} when `caller` is aborted
 */
export async function within<T>(
  timeoutMs: number,
  caller: AbortSignal,
  work: () => T | PromiseLike<T>,
): Promise<T> {
  if (caller.aborted) throw new CallerLeft();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let leave = (): void => {};
  const ended = new Promise<never>((_, reject) => {
    leave = () => reject(new CallerLeft());
    timer = setTimeout(() => reject(new TookTooLong("took too long")), timeoutMs);
    caller.addEventListener("abort", leave, { once: true });
  });
  try {
    return await Promise.race([work(), ended]);
  } finally {
    clearTimeout(timer);
    caller.removeEventListener("abort", leave);
  }
}
