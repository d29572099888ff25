/** How many requests a run may still send: planned ones, repeats, confirmations, shrinking and a client's calls alike. */
export class RequestBudget {
  readonly #most: number;
  #spent = 0;

  constructor(most = Number.POSITIVE_INFINITY) {
    this.#most = most;
  }

  /** True when there is a limit at all. */
  get isLimited(): boolean {
    return this.#most !== Number.POSITIVE_INFINITY;
  }

  get isSpent(): boolean {
    return this.#spent >= this.#most;
  }

  spend(): void {
    this.#spent++;
  }
}
