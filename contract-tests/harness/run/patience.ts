import type { Sent } from "./paced-sender.ts";

/** So many unanswered requests in a row end an operation, and so many such operations in a row end the run. */
const limit = 3;

/** Nobody answers; a connection that breaks off is an answer of a kind. */
const silent = new Set(["TIMEOUT", "ETIMEDOUT"]);

/** Nobody is there any more. */
const gone = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** What Node's TLS says of a certificate or a handshake that it refuses. */
const refusedTls = /^(CERT_|ERR_TLS_|ERR_SSL_|EPROTO$|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/;

/**
 * How long a target that doesn't answer is waited for. Each silence in a row halves the time that the next request of
 * the operation gets, and an operation after a silent one begins with half of it: a server that hangs is told within
 * four times the time for one request, and one that answers gets the whole time again.
 */
export class Patience {
  readonly #timeoutMs: number;
  #requests = 0;
  #operations = 0;
  #missing = 0;
  #hasAnswered = false;

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

  /** Something was answered since the run began. */
  get hasAnswered(): boolean {
    return this.#hasAnswered;
  }

  /** The last request reached nobody: it is worth another try. */
  get isMissing(): boolean {
    return this.#missing > 0;
  }

  /** What the target's answer, or the want of one, means for the run: the reason when it can't go on. */
  hear(sent: Sent): string | undefined {
    if ("response" in sent) {
      this.#hasAnswered = true;
      this.#requests = this.#operations = this.#missing = 0;
    }
    if (!("failure" in sent)) return undefined;
    const { code, message } = sent.failure;
    if (silent.has(code)) {
      this.#requests++;
      if (this.#requests === limit) this.#operations++;
      return undefined;
    }
    this.#requests = this.#operations = 0;
    this.#missing = gone.has(code) ? this.#missing + 1 : 0;
    if (this.#missing === limit) return `the server is gone: three connections in a row failed (${code})`;
    if (this.#hasAnswered) return undefined;
    if (refusedTls.test(code)) return `no secure connection could be established: ${message} (${code})`;
    return undefined;
  }

  nextOperation(): void {
    this.#requests = 0;
  }
}
