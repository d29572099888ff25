import type { Log } from "../logging/logger.ts";
import { isRetryableStatus } from "./is-retryable-status.ts";
import { dropBody, readBody } from "./read-body.ts";
import { retryDelay } from "./retry-delay.ts";
import { sleep } from "./sleep.ts";

/**
 * Sends until an answer is worth handing on, the retries are used up, or the next wait would outlast the deadline.
 * A failed answer is received to its end during the wait, so that the next attempt finds the connection free.
 *
 * @param send sends once
 * @param signal ends the waits
 * @param deadline milliseconds since 1970
 * @throws what the last attempt threw
 */
export async function sendWithRetries(
  send: () => Promise<Response>,
  signal: AbortSignal,
  maxRetries: number,
  deadline: number,
  log: Log | undefined,
): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    let response: Response | undefined;
    let failure: unknown;
    try {
      response = await send();
      if (!isRetryableStatus(response.status)) return response;
    } catch (error) {
      failure = error;
    }
    signal.throwIfAborted();
    const delay = retryDelay(attempt, response?.headers, Date.now(), Math.random());
    if (attempt >= maxRetries || Date.now() + delay >= deadline) {
      if (response) return response;
      throw failure;
    }
    log?.(
      "warn",
      `Attempt ${attempt + 1}: ${response?.status ?? "no answer"}; next in ${Math.round(delay)} ms`,
    );
    const reader = response?.body?.getReader();
    readBody(reader).catch(() => {});
    await sleep(delay, signal);
    dropBody(reader);
    signal.throwIfAborted();
  }
}
