/** How often a request with a new finding is repeated to see whether the fault persists. */
export const confirmations = 2;

/** Maximum number of requests for reducing a random one that fails. */
export const maxShrinks = 100;

/** Milliseconds that an operation waits in all if the target asks for it (429, or 503 with Retry-After). */
export const longestWaitMs = 60_000;

/** Contracts with more operations are planned while they are judged, so not all cases are in memory at once. */
export const plannedAhead = 500;

/** Most things that are made for the requests of one operation because the one before was used up. */
export const mostFreshThings = 50;

/** So many of them in a row that make no difference, and the refusals aren't about the thing. */
export const mostInVain = 2;
