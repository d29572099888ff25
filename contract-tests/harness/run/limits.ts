/** How often a request with a new finding is sent again, to see whether the fault stays. */
export const confirmations = 2;

/** Most requests by which a random one that fails is made smaller. */
export const maxShrinks = 100;

/** Contracts of more operations are planned while they are judged, so that not all of their cases are in memory at once. */
export const plannedAhead = 500;
