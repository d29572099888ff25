import type { Clock } from "./token-ledger.ts";

/** A clock that stands still until you move it. */
export interface MovableClock extends Clock {
  /** Moves the clock forward by this many milliseconds. */
  advance(ms: number): void;
}

/** A clock for testing what takes fifteen minutes; it starts at the current time unless told otherwise. */
export function movableClock(startsAt = Date.now()): MovableClock {
  let time = startsAt;
  return {
    now: () => time,
    advance(ms) {
      time += ms;
    },
  };
}
