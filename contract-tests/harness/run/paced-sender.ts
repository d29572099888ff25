import { setTimeout as sleep } from "node:timers/promises";
import type { HttpRequest, HttpResponse, TransportFailure } from "../http/message.ts";
import { messageOf } from "../http/message-of.ts";
import { longestWaitMs } from "./limits.ts";
import type { RequestBudget } from "./request-budget.ts";
import { pauseAfter } from "./retry-after.ts";
import type { SendResult, Target } from "./target.ts";

/** Milliseconds that a target has to tell that its time is over. */
const graceMs = 2_000;

/** A wait that the target has asked for. */
export interface Wait {
  readonly operation: string;
  readonly milliseconds: number;
  /** What it answered: 429 or 503. */
  readonly status: number;
}

export interface SenderOptions {
  /** Requests per second; undefined: as fast as the target answers. */
  readonly rate?: number;
  readonly budget?: RequestBudget;
  readonly signal?: AbortSignal;
  /** How often a request that was answered 429 is sent again. Default 3. */
  readonly patience?: number;
  /** Is told of each wait that the target asks for, as it begins. */
  readonly onWait?: (wait: Wait) => void;
  /** Replaces waiting in tests. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

export type Sent =
  | { readonly response: HttpResponse }
  | { readonly failure: TransportFailure }
  /** The target asks to be left alone, also after pauses. */
  | { readonly limited: string }
  | { readonly exhausted: true }
  /** The target can't send such a request, or has forgotten it. */
  | { readonly unsent: string }
  /** The run was stopped before the answer came. */
  | { readonly stopped: true };

const tooLong = `the target asked to wait (429) for more than ${longestWaitMs / 1_000} s in all, so the rest of the operation was skipped`;

/** Sends one request at a time, not faster than asked, and waits where the target says so. */
export class PacedSender {
  #sent = 0;
  #nextAt = 0;
  /** Milliseconds waited for each operation. */
  readonly #waited = new Map<string, number>();
  readonly #target: Target;
  readonly #options: SenderOptions;

  constructor(target: Target, options: SenderOptions) {
    this.#target = target;
    this.#options = options;
  }

  get sent(): number {
    return this.#sent;
  }

  /** `operation`: whose time is waited; `timeoutMs`: milliseconds for each attempt. */
  async send(operation: string, request: HttpRequest, timeoutMs: number): Promise<Sent> {
    const { budget, signal, patience = 3 } = this.#options;
    for (let attempt = 0; ; attempt++) {
      if (signal?.aborted) return { stopped: true };
      if (budget?.isSpent) return { exhausted: true };
      const waited = this.#waited.get(operation) ?? 0;
      if (waited > longestWaitMs) return { limited: tooLong };
      await this.#pace();
      this.#sent++;
      budget?.spend();
      const result = await this.#sendOnce(request, timeoutMs);
      if ("unsent" in result) return result;
      if (signal?.aborted) return { stopped: true }; // what came of it isn't the target's doing
      if ("failure" in result) return result;
      const pause = pauseAfter(result.response, attempt, Date.now());
      if (pause === undefined) return result;
      const isTooLong = waited + pause > longestWaitMs;
      // Time that was refused is over: the operation's next requests aren't sent only to hear the same.
      if (isTooLong && result.response.status === 429) this.#waited.set(operation, Number.POSITIVE_INFINITY);
      if (isTooLong || attempt >= patience) {
        // A server that is simply out of order is a finding; one that limits its callers is not.
        return result.response.status === 429
          ? {
              limited: isTooLong
                ? tooLong
                : `the target answered ${result.response.status} (too many requests) ${attempt + 1} times`,
            }
          : result;
      }
      this.#waited.set(operation, waited + pause);
      this.#options.onWait?.({ operation, milliseconds: pause, status: result.response.status });
      await this.#wait(pause);
    }
  }

  /** A target that throws, or that doesn't keep to its time, ends neither the run nor the wait. */
  async #sendOnce(
    request: HttpRequest,
    timeoutMs: number,
  ): Promise<SendResult | { readonly unsent: string }> {
    const { signal } = this.#options;
    const over = new AbortController();
    const forgotten = sleep(timeoutMs + graceMs, undefined, { signal: over.signal }).then(
      () => ({ unsent: `the target reported no result within ${timeoutMs + graceMs} ms` }),
      () => ({ unsent: "" }), // the answer came first
    );
    try {
      const answer = this.#target.send(request, { timeoutMs, ...(signal ? { signal } : {}) });
      return await Promise.race([answer, forgotten]);
    } catch (error) {
      return { unsent: messageOf(error) };
    } finally {
      over.abort();
    }
  }

  async #pace(): Promise<void> {
    const { rate } = this.#options;
    if (rate === undefined) return;
    const now = performance.now();
    const at = Math.max(now, this.#nextAt);
    this.#nextAt = at + 1_000 / rate;
    if (at > now) await this.#wait(at - now);
  }

  #wait(milliseconds: number): Promise<void> {
    const { signal, wait } = this.#options;
    if (wait) return wait(milliseconds);
    return sleep(milliseconds, undefined, signal ? { signal } : {}).catch(() => undefined); // stopped: told by send()
  }
}
