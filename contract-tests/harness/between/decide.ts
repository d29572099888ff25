import type { Evidence } from "./weigh.ts";

/** How the server behaves: as the base, as the revision, as both or as neither of them. */
export type Behaviour = "old" | "new" | "both" | "neither" | "not decidable";

export interface Decision {
  readonly behaviour: Behaviour;
  /** Something that was seen is against the revision. */
  readonly isAgainstRevision: boolean;
  /** A clause: what was seen, or why nothing was. */
  readonly why: string;
}

type Telling = Exclude<Evidence, { readonly says: "nothing" }>;

/** What all exchanges together say of one change. */
export function decide(evidence: readonly Evidence[]): Decision {
  const told = evidence.filter((one): one is Telling => one.says !== "nothing");
  const saying = (says: Telling["says"]) => told.filter((one) => one.says === says);
  const [old, revised, either, neither] = [saying("old"), saying("new"), saying("either"), saying("neither")];
  const isServed = evidence.some((one) =>
    one.says === "nothing" ? one.isServed : one.by === "served" && one.says !== "neither",
  );
  // One that refuses what it should, and takes something more, goes by a document all the same.
  const isEnforced = [...old, ...revised].some(({ by }) => by === "refused");
  const against = neither.filter(({ by }) =>
    by === "refused-both" ? !isServed : by === "served" ? !isEnforced : true,
  );
  if (against.length > 0) return decision("neither", against, true);
  if (old.length > 0 && revised.length > 0) {
    const all = [...old, ...revised];
    // What refuses the requests of both serves neither.
    return decision(all.every(({ by }) => by === "refused") ? "neither" : "both", all, true);
  }
  if (old.length > 0) return decision("old", old, true);
  if (revised.length > 0) return decision("new", revised, false);
  if (either.length > 0) return decision("both", either, false);
  return undecided(
    (evidence.find((one) => one.says === "nothing" && !one.isServed) ?? evidence[0])?.because ??
      "no request that was sent shows it",
  );
}

export function undecided(why: string): Decision {
  return { behaviour: "not decidable", isAgainstRevision: false, why };
}

/** Most different reasons that one decision names. */
const mostReasons = 3;

function decision(behaviour: Behaviour, from: readonly Telling[], isAgainstRevision: boolean): Decision {
  const counts = new Map<string, number>();
  for (const { because } of from) counts.set(because, (counts.get(because) ?? 0) + 1);
  const reasons = [...counts].map(([because, count]) => (count === 1 ? because : `${count} × ${because}`));
  const more = reasons.length - mostReasons;
  const shown = reasons.slice(0, mostReasons).join("; ");
  return { behaviour, isAgainstRevision, why: more > 0 ? `${shown}; and ${more} more` : shown };
}
