import { ElevenLabsError } from "../errors/eleven-labs-error.ts";
import type { Log } from "../logging/logger.ts";
import type { Redactor } from "../secrets/create-redactor.ts";
import { safeCause } from "../secrets/safe-cause.ts";
import { isRetryableStatus } from "./is-retryable-status.ts";
import { dropBody, readBody } from "./read-body.ts";
import { retryDelay } from "./retry-delay.ts";
import { sleep } from "./sleep.ts";

/** One request, and how often it may be sent. */
export interface Attempts {
  readonly fetch: typeof globalThis.fetch;
  readonly url: string;
  readonly init: RequestInit & { readonly signal: AbortSignal };
  readonly maxRetries: number;
  /** Milliseconds since 1970 beyond which there is nothing to wait for. */
  readonly deadline: number;
  readonly log: Log;
  readonly redact: Redactor;
}

/**
 * Sends until an answer is worth handing on, the retries are used up, or the next wait would outlast the deadline.
 * A failed answer is received to its end during the wait, so that the next attempt finds the connection free.
 *
 * @throws ElevenLabsError with code `network_error` when the last attempt got no answer
 */
export async function sendWithRetries(attempts: Attempts): Promise<Response> {
  const { fetch, url, init, maxRetries, deadline, log, redact } = attempts;
  for (let attempt = 0; ; attempt++) {
    let response: Response | undefined;
    let failure: unknown;
    try {
      response = await fetch(url, init);
    } catch (error) {
      init.signal.throwIfAborted();
      failure = error;
    }
    if (response && !isRetryableStatus(response.status)) return response;
    const now = Date.now();
    const delay = retryDelay(attempt, response?.headers, now, Math.random());
    if (attempt >= maxRetries || now + delay >= deadline) {
      if (response) return response;
      throw new ElevenLabsError({
        code: "network_error",
        message: "The request got no answer.",
        cause: safeCause(failure, redact),
      });
    }
    log(
      "warn",
      `Attempt ${attempt + 1}: ${response?.status ?? "no answer"}. Next in ${Math.round(delay)} ms.`,
    );
    const reader = response?.body?.getReader();
    if (reader) readBody(reader, null).catch(() => {});
    await sleep(delay, init.signal);
    dropBody(reader);
    init.signal.throwIfAborted();
  }
}
