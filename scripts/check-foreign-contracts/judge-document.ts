import type { Contract } from "../../contract-tests/harness/contract/contract.ts";
import { ContractError } from "../../contract-tests/harness/contract/contract-error.ts";
import { loadContract } from "../../contract-tests/harness/contract/load-contract.ts";
import type { RunSummary } from "../../contract-tests/harness/run/events.ts";
import { run } from "../../contract-tests/harness/run/run.ts";
import { startPrismMock } from "../../contract-tests/harness/targets/prism-mock.ts";

export type JudgedDocument =
  | { readonly contract: Contract; readonly summary: RunSummary }
  /** There was nothing to judge by: no readable contract. */
  | { readonly notJudged: string };

/** Judges a document's Prism mock by the document. Throws when the harness fails, or Prism can't serve the document. */
export async function judgeDocument(
  file: string,
  onOperation: (done: number, total: number) => void,
): Promise<JudgedDocument> {
  let contract: Contract;
  try {
    contract = await loadContract(file);
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return { notJudged: error.message };
  }
  const target = await startPrismMock(contract);
  try {
    let done = 0;
    for await (const event of run({ contract, target, maxResponseTimeMs: 60_000, timeoutMs: 60_000 })) {
      if (event.type === "operation-finished") onOperation(++done, contract.operations.length);
      if (event.type === "run-finished") return { contract, summary: event.summary };
    }
    throw new Error("the run ended without a summary");
  } finally {
    await target.close();
  }
}

/** What was not judged since the mock does it otherwise, once for each operation and check. */
export function mockLimitsOf({ notJudged }: Pick<RunSummary, "notJudged">): readonly string[] {
  const prefix = "the mock: ";
  return notJudged
    .filter(({ reason }) => reason.startsWith(prefix))
    .map(({ reason }) => reason.slice(prefix.length));
}
