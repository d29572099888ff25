import { type TokenDoor, tokenDoors } from "../../../src/simulator/token-door.ts";
import { tokenLifetimeMs } from "../../../src/simulator/token-ledger.ts";
import type { LifecycleProvider, Opening } from "./lifecycle-provider.ts";

export type RuleVerdict =
  /** `saw` is what the verdict rests on. */
  | { readonly kind: "kept"; readonly saw: string }
  | { readonly kind: "broken"; readonly found: string }
  /** Never counted as kept. */
  | { readonly kind: "not-judged"; readonly why: string };

/**
 * One promise about a token's life, as the contract's prose gives it: "A time bound single use token that expires
 * after 15 minutes. Will be consumed on use."
 */
export interface LifecycleRule {
  readonly id: string;
  /** One sentence that any provider should make true. */
  readonly promise: string;
  /** Tokens minted to judge it at one service. */
  readonly tokens: number;
  readonly judge: (provider: LifecycleProvider, door: TokenDoor) => Promise<RuleVerdict>;
}

const freshTokens = 3;
const races = 3;
const marginMs = 1_000;

/** Judges a row of openings against what each should have been. */
function expectOpenings(
  openings: readonly Opening[],
  expected: readonly ("opened" | "refused")[],
): RuleVerdict {
  for (const opening of openings) {
    if (opening.kind === "no-verdict") return { kind: "not-judged", why: opening.why };
  }
  const found = openings.map(({ kind }) => kind);
  if (found.join() === expected.join()) return { kind: "kept", saw: openings.map(told).join(", then ") };
  return {
    kind: "broken",
    found: `expected ${expected.join(", then ")}; found ${openings.map(told).join(", then ")}`,
  };
}

function told(opening: Opening): string {
  return opening.kind === "no-verdict" ? opening.kind : `${opening.kind} (${opening.how})`;
}

function otherDoor(door: TokenDoor): TokenDoor | undefined {
  return tokenDoors.find((candidate) => candidate.tokenType !== door.tokenType);
}

export const lifecycleRules: readonly LifecycleRule[] = [
  {
    id: "fresh",
    promise: "Every create gives a token that was never given before.",
    tokens: freshTokens,
    async judge(provider, door) {
      if (provider.replaysExamples)
        return { kind: "not-judged", why: "a mock that replays examples mints nothing" };
      const tokens = new Set<string>();
      for (let i = 0; i < freshTokens; i += 1) tokens.add(await provider.mint(door.tokenType));
      if (tokens.size === freshTokens) return { kind: "kept", saw: `${freshTokens} different tokens` };
      return { kind: "broken", found: `${freshTokens} creates gave ${tokens.size} different tokens` };
    },
  },
  {
    id: "usable-once",
    promise: "A fresh token opens its service.",
    tokens: 1,
    async judge(provider, door) {
      const token = await provider.mint(door.tokenType);
      return expectOpenings([await provider.open(door, token)], ["opened"]);
    },
  },
  {
    id: "refused-when-used",
    promise: "A token that was used is refused the second time.",
    tokens: 1,
    async judge(provider, door) {
      const token = await provider.mint(door.tokenType);
      const first = await provider.open(door, token);
      return expectOpenings([first, await provider.open(door, token)], ["opened", "refused"]);
    },
  },
  {
    id: "refused-when-expired",
    promise: "A token opens its service until fifteen minutes have passed, and is refused from then on.",
    tokens: 2,
    async judge(provider, door) {
      if (!provider.passTime) return { kind: "not-judged", why: "the provider's clock can't be moved" };
      const [inTime, late] = [await provider.mint(door.tokenType), await provider.mint(door.tokenType)];
      await provider.passTime(tokenLifetimeMs - marginMs);
      const first = await provider.open(door, inTime);
      await provider.passTime(2 * marginMs);
      return expectOpenings([first, await provider.open(door, late)], ["opened", "refused"]);
    },
  },
  {
    id: "refused-at-other-service",
    promise: "A token of one type is refused at the service of another.",
    tokens: 1,
    async judge(provider, door) {
      const other = otherDoor(door);
      if (!other) return { kind: "not-judged", why: "there is no other service" };
      const token = await provider.mint(door.tokenType);
      return expectOpenings([await provider.open(other, token)], ["refused"]);
    },
  },
  {
    id: "one-winner",
    promise: "Of two connections that race for one token exactly one is opened.",
    tokens: races,
    async judge(provider, door) {
      for (let race = 0; race < races; race += 1) {
        const token = await provider.mint(door.tokenType);
        const openings = await Promise.all([provider.open(door, token), provider.open(door, token)]);
        const ranked = openings.toSorted((a, b) => a.kind.localeCompare(b.kind));
        const verdict = expectOpenings(ranked, ["opened", "refused"]);
        if (verdict.kind !== "kept") return verdict;
      }
      return { kind: "kept", saw: `one opened and one refused, in each of ${races} races` };
    },
  },
  {
    id: "refused-when-missing",
    promise: "A connection that shows no token is refused.",
    tokens: 0,
    async judge(provider, door) {
      return expectOpenings([await provider.open(door, "")], ["refused"]);
    },
  },
  {
    id: "refused-when-unknown",
    promise: "A token that nobody handed out is refused.",
    tokens: 0,
    async judge(provider, door) {
      return expectOpenings([await provider.open(door, "sutkn_never_handed_out")], ["refused"]);
    },
  },
];
