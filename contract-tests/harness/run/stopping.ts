/** Why a run ended before everything was judged. */
export interface Stopped {
  readonly by: "caller" | "max-time" | "silence" | "target" | "failure";
  /** One sentence. */
  readonly reason: string;
}

/** Ends a run early: by the caller's signal, or by the clock. */
export class Stopping {
  readonly signal: AbortSignal;
  readonly #caller: AbortSignal | undefined;
  readonly #maxTimeMs: number | undefined;
  #givenUp: Stopped | undefined;

  constructor(caller: AbortSignal | undefined, maxTimeMs: number | undefined) {
    this.#caller = caller;
    this.#maxTimeMs = maxTimeMs;
    this.signal = AbortSignal.any([
      ...(caller ? [caller] : []),
      ...(maxTimeMs === undefined ? [] : [AbortSignal.timeout(maxTimeMs)]),
    ]);
  }

  /** The target has been silent for too long, can't be judged at all, or the run has failed itself. */
  giveUp(stopped: Stopped): void {
    this.#givenUp ??= stopped;
  }

  /** Undefined while the run goes on. */
  get stopped(): Stopped | undefined {
    if (this.#caller?.aborted) return { by: "caller", reason: "the run was stopped" };
    if (this.signal.aborted)
      return { by: "max-time", reason: `the time for the run is over (${this.#maxTimeMs} ms, --max-time)` };
    return this.#givenUp;
  }
}
