import type { Log } from "../logging/logger.ts";
import { dropBody, errorLimit, readBody } from "./read-body.ts";
import { retryDelay } from "./retry-delay.ts";
import { sleep } from "./sleep.ts";

/**
 * Waits until it is time for the next attempt. A failed answer is received to its end meanwhile, so that the next
 * attempt finds the connection free.
 *
 * @param attempt number of the attempt that failed, from 0
 * @param response its answer, if there was one
 * @param deadline milliseconds since 1970
 * @returns false at once when the wait would outlast the deadline
 */
export async function waitForRetry(
  attempt: number,
  response: Response | undefined,
  signal: AbortSignal,
  deadline: number,
  log: Log | undefined,
): Promise<boolean> {
  const delay = retryDelay(attempt, response?.headers, Date.now(), Math.random());
  if (Date.now() + delay >= deadline) return false;
  log?.(
    "warn",
    `Attempt ${attempt + 1}: ${response?.status ?? "no answer"}; next in ${Math.round(delay)} ms`,
  );
  const reader = response?.body?.getReader();
  readBody(reader, errorLimit).catch(() => {});
  await sleep(delay, signal);
  dropBody(reader);
  return true;
}
