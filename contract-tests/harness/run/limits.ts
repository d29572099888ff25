/** How often a request with a new finding is sent again, to see whether the fault stays. */
export const confirmations = 2;

/** Most requests by which a random one that fails is made smaller. */
export const maxShrinks = 100;

/** Milliseconds that an operation waits in all where the target asks for it (429, or 503 with Retry-After). */
export const longestWaitMs = 60_000;

/** Contracts of more operations are planned while they are judged, so that not all of their cases are in memory at once. */
export const plannedAhead = 500;
