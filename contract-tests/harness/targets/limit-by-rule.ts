import type { Operation } from "../contract/contract.ts";
import { type Evidence, isAccepted, isRefused, type MockLimit } from "./evidence.ts";
import { provesAnswer, type Reading } from "./re-judge.ts";

/** A limit of the mock that is proved by what the case comes out as by its rule. */
export function limit(
  name: string,
  cause: string,
  read: (evidence: Evidence) => Reading | undefined,
): MockLimit {
  const fits = (evidence: Evidence): boolean => {
    if (!isAccepted(evidence) && !isRefused(evidence)) return false;
    const reading = read(evidence);
    return reading !== undefined && provesAnswer(evidence, reading);
  };
  return { name, cause, fits };
}

export function withOperation(
  { contract, operation }: Evidence,
  change: (one: Operation) => Operation,
): Reading {
  const operations = contract.operations.map((one) => (one === operation ? change(one) : one));
  return { contract: { ...contract, operations } };
}
