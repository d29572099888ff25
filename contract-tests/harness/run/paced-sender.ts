import { setTimeout as sleep } from "node:timers/promises";
import type { HttpRequest, HttpResponse, TransportFailure } from "../http/message.ts";
import type { RequestBudget } from "./request-budget.ts";
import { pauseAfter } from "./retry-after.ts";
import type { Target } from "./target.ts";

export interface SenderOptions {
  /** Requests per second; undefined: as fast as the target answers. */
  readonly rate?: number;
  readonly budget?: RequestBudget;
  readonly signal?: AbortSignal;
  /** How often a request that was answered 429 is sent again. Default 3. */
  readonly patience?: number;
  /** Replaces waiting, for tests. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

export type Sent =
  | { readonly response: HttpResponse }
  | { readonly failure: TransportFailure }
  /** The target asks to be left alone, also after pauses. */
  | { readonly limited: string }
  | { readonly exhausted: true }
  /** The run was stopped before the answer came. */
  | { readonly stopped: true };

/** Sends one request at a time, not faster than asked, and waits where the target says so. */
export class PacedSender {
  #sent = 0;
  #nextAt = 0;
  readonly #target: Target;
  readonly #options: SenderOptions;

  constructor(target: Target, options: SenderOptions) {
    this.#target = target;
    this.#options = options;
  }

  get sent(): number {
    return this.#sent;
  }

  /** `timeoutMs`: milliseconds for each attempt. */
  async send(request: HttpRequest, timeoutMs: number): Promise<Sent> {
    const { budget, signal, patience = 3 } = this.#options;
    for (let attempt = 0; ; attempt++) {
      if (signal?.aborted) return { stopped: true };
      if (budget?.isSpent) return { exhausted: true };
      await this.#pace();
      this.#sent++;
      budget?.spend();
      const result = await this.#target.send(request, { timeoutMs, ...(signal ? { signal } : {}) });
      if (signal?.aborted) return { stopped: true }; // what came of it isn't the target's doing
      if ("failure" in result) return result;
      const pause = pauseAfter(result.response, attempt, Date.now());
      if (pause === undefined) return result;
      if (attempt >= patience) {
        // A server that is simply out of order is a finding; one that limits its callers is not.
        return result.response.status === 429
          ? {
              limited: `the target answered ${result.response.status} (too many requests) ${attempt + 1} times`,
            }
          : result;
      }
      await this.#wait(pause);
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
