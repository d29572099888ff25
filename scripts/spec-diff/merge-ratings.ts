import { toPointer } from "../generate/json.ts";
import { bumps, type RatedChange } from "./change.ts";

/**
 * One list out of Redocly's ratings and our own: where both speak of the same place the heavier rating stands, and
 * Redocly's when they are equal. Ours is dropped where Redocly already calls something below that place breaking.
 */
export function mergeRatings(redocly: readonly RatedChange[], own: readonly RatedChange[]): RatedChange[] {
  const merged = new Map<string, RatedChange>();
  const breaking = redocly.filter(({ bump }) => bump === "major").map(placeKey);
  for (const change of redocly) merged.set(placeKey(change), heavier(merged.get(placeKey(change)), change));
  for (const change of own) {
    const key = placeKey(change);
    if (breaking.some((place) => place.startsWith(`${key}/`))) continue;
    merged.set(key, heavier(merged.get(key), change));
  }
  return [...merged.values()];
}

/** Where a change stood in the base; what was added is known by its place in the revision. */
function placeKey({ base, revision }: RatedChange): string {
  return base === undefined ? `added ${toPointer(revision ?? [])}` : toPointer(base);
}

function heavier(present: RatedChange | undefined, change: RatedChange): RatedChange {
  if (present === undefined || bumps.indexOf(change.bump) > bumps.indexOf(present.bump)) return change;
  // A rule's sentence says more than "changed".
  return present.rule === "changed" && present.bump === change.bump ? change : present;
}
