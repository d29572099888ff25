import type { Clock } from "./token-ledger.ts";

/** A clock that stands still until it is told to move. */
export interface MovableClock extends Clock {
  /** Moves the clock forward by this many milliseconds. */
  advance(ms: number): void;
}

/** A clock for tests of what takes fifteen minutes; it begins at the present time unless told otherwise. */
export function movableClock(startsAt = Date.now()): MovableClock {
  let time = startsAt;
  return {
    now: () => time,
    advance(ms) {
      time += ms;
    },
  };
}
