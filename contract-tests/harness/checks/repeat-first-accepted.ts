import type { Case } from "../cases/case.ts";

/** Probes that send the first valid request of an operation again. */
export function repeatFirstAccepted(cases: readonly Case[], repeats: number): readonly Case[] {
  const first = cases.find(({ expectation }) => expectation === "accepted");
  return first ? Array<Case>(repeats).fill(first) : [];
}
