import { setMaxListeners } from "node:events";

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
  /** Held here: the signal made of it doesn't, and one that is collected never fires. */
  readonly #clock: AbortSignal | undefined;
  #givenUp: Stopped | undefined;

  constructor(caller: AbortSignal | undefined, maxTimeMs: number | undefined) {
    this.#caller = caller;
    this.#maxTimeMs = maxTimeMs;
    this.#clock = maxTimeMs === undefined ? undefined : AbortSignal.timeout(maxTimeMs);
    this.signal = AbortSignal.any([caller, this.#clock].filter((one) => one !== undefined));
    setMaxListeners(0, this.signal); // each request under way listens, as many as there are workers
  }

  /** The target has been silent for too long, can't be judged at all, or the run has failed itself. */
  giveUp(stopped: Stopped): void {
    this.#givenUp ??= stopped;
  }

  /** Undefined while the run goes on. */
  get stopped(): Stopped | undefined {
    if (this.#caller?.aborted) return { by: "caller", reason: "the run was stopped" };
    if (this.signal.aborted)
      return {
        by: "max-time",
        reason: `the time limit of the run was reached (${this.#maxTimeMs} ms, --max-time)`,
      };
    return this.#givenUp;
  }
}
