import { isFinal } from "../errors/is-final.ts";
import type { Log } from "../logging/logger.ts";
import { isRetryableStatus } from "./is-retryable-status.ts";

/**
 * Sends until an answer is worth handing on, the retries are used up, or the next wait would outlast the deadline.
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
    signal.throwIfAborted();
    try {
      response = await send();
      if (!isRetryableStatus(response.status)) return response;
    } catch (error) {
      if (isFinal(error)) throw error;
      failure = error;
    }
    signal.throwIfAborted();
    const mayRetry =
      attempt < maxRetries &&
      (await (await import("./wait-for-retry.ts")).waitForRetry(attempt, response, signal, deadline, log));
    if (mayRetry) continue;
    if (response) return response;
    throw failure;
  }
}
