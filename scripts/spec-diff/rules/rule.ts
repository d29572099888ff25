import type { RatedChange } from "../change.ts";
import type { ContractPair } from "../contract-pairs.ts";

/** A kind of change that `redocly diff` doesn't see, or rates lighter than a client feels it. */
export interface Rule {
  /** Kebab-case; the name of its file. */
  readonly id: string;
  /** What it means for a client, in one sentence. */
  readonly meaning: string;
  /** Every change of this kind between the two contracts. */
  readonly changes: (contracts: ContractPair) => Omit<RatedChange, "rule">[];
}
