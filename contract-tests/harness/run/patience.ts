import type { Sent } from "./paced-sender.ts";

/** So many unanswered requests in a row end an operation, and so many such operations in a row end the run. */
const limit = 3;

/** Nobody is there, or nobody answers; a connection that breaks off is an answer of a kind. */
const unanswered = new Set([
  "TIMEOUT",
  "ETIMEDOUT",
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);

/**
 * How long a target that doesn't answer is waited for. Each silence in a row halves the time that the next request of
 * the operation gets, and an operation after a silent one begins with half of it: a server that hangs is told within
 * four times the time for one request, and one that answers gets the whole time again.
 */
export class Patience {
  readonly #timeoutMs: number;
  #requests = 0;
  #operations = 0;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** Milliseconds for the next request. */
  get timeoutMs(): number {
    const halvings = Math.min(this.#requests + (this.#operations > 0 ? 1 : 0), 2);
    return this.#timeoutMs / 2 ** halvings;
  }

  /** The operation under test is given up. */
  get operationIsOver(): boolean {
    return this.#requests >= limit;
  }

  /** The run is given up. */
  get runIsOver(): boolean {
    return this.#operations >= limit;
  }

  hear(sent: Sent): void {
    if ("failure" in sent && unanswered.has(sent.failure.code)) {
      this.#requests++;
      if (this.#requests === limit) this.#operations++;
    } else if ("response" in sent || "failure" in sent) {
      this.#requests = 0;
      this.#operations = 0;
    }
  }

  nextOperation(): void {
    this.#requests = 0;
  }
}
