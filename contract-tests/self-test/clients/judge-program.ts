import type { Finding } from "../../harness/checks/finding.ts";
import type { Contract } from "../../harness/contract/contract.ts";
import type { NotJudged } from "../../harness/contract/not-judged.ts";
import type { Verdict } from "../../harness/run/events.ts";
import { run } from "../../harness/run/run.ts";
import type { Target } from "../../harness/run/target.ts";

/** What `client` says of a program. */
export interface JudgedProgram {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly notJudged: readonly NotJudged[];
  readonly requests: number;
}

/** Judges a program as `client` does, under all variations by default; `target`: a mock of the contract. */
export async function judgeProgram(
  contract: Contract,
  target: Target,
  words: readonly string[],
  variations?: readonly string[],
): Promise<JudgedProgram> {
  const program = { words, ...(variations ? { variations } : {}) };
  for await (const event of run({ contract, target, program }))
    if (event.type === "run-finished") {
      const { verdict, findings, notJudged, requestsSent } = event.summary;
      return { verdict, findings, notJudged, requests: requestsSent };
    }
  throw new Error("the run ended without a result");
}
