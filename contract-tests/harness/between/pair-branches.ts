import { isObject } from "../contract/json-object.ts";
import { canonical } from "./canonical.ts";

export interface PairedBranches {
  /** Index in the base and in the revision. */
  readonly pairs: readonly (readonly [number, number])[];
  /** Indices in the revision. */
  readonly added: readonly number[];
  /** Indices in the base. */
  readonly removed: readonly number[];
}

export const pairBranches = {
  /** Items that have places of their own. */
  byPlace(base: readonly unknown[], revision: readonly unknown[]): PairedBranches {
    const shared = Math.min(base.length, revision.length);
    return {
      pairs: Array.from({ length: shared }, (_, index) => [index, index] as const),
      added: [...revision.keys()].slice(shared),
      removed: [...base.keys()].slice(shared),
    };
  },

  /** Branches, whose order tells nothing: by what they are called, by what they say, and the rest by their order. */
  byContent(base: readonly unknown[], revision: readonly unknown[]): PairedBranches {
    const pairs: (readonly [number, number])[] = [];
    const before = new Set(base.keys());
    const after = new Set(revision.keys());
    for (const trait of traits)
      for (const one of [...before]) {
        const wanted = trait(base[one]);
        const other =
          wanted === undefined ? undefined : [...after].find((index) => trait(revision[index]) === wanted);
        if (other === undefined) continue;
        pairs.push([one, other]);
        before.delete(one);
        after.delete(other);
      }
    return { pairs, added: [...after], removed: [...before] };
  },
};

/** What tells a branch from its neighbours, from certain to likely. */
const traits: readonly ((branch: unknown) => string | undefined)[] = [
  (branch) => (isObject(branch) && typeof branch["$ref"] === "string" ? branch["$ref"] : undefined),
  (branch) =>
    isObject(branch) && typeof branch["title"] === "string" ? `title ${branch["title"]}` : undefined,
  (branch) => canonical(branch),
  (branch) => (isObject(branch) && branch["type"] !== undefined ? canonical(branch["type"]) : undefined),
  (branch) => (isObject(branch) && branch["$ref"] === undefined ? "any" : undefined),
];
