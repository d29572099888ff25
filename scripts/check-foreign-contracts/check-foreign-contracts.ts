import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isObject } from "../../contract-tests/harness/contract/json-object.ts";
import { loadContract } from "../../contract-tests/harness/contract/load-contract.ts";
import { InputError } from "../cli/input-error.ts";
import { type Explained, explainFindings } from "./explain-findings.ts";
import { exampleDocuments, largeDocument, largePackage, singleDocuments } from "./foreign-documents.ts";
import { type DocumentResult, foreignPage } from "./foreign-page.ts";
import { type Cost, judgeCut, writeCut } from "./judge-cut.ts";
import { judgeDocument, mockLimitsOf } from "./judge-document.ts";

const cuts = [50, 250, 500] as const;

/**
 * Judges the Prism mock of every document of other people's packages by the document, explains what is found, and
 * writes docs/foreign-contracts.md. `only` keeps to the documents whose name contains it, and writes nothing.
 *
 * @returns how many findings nobody has explained, and how many documents the harness failed on
 */
export async function checkForeignContracts(
  root: string,
  only: string | undefined,
  say: (line: string) => void,
): Promise<{ readonly unexplained: number; readonly crashed: number }> {
  const { judged, skipped, twins } = await exampleDocuments(root);
  const documents = [...judged, ...(await singleDocuments(root))];
  const chosen = documents.filter(({ name }) => only === undefined || name.includes(only));
  const results: DocumentResult[] = await inParallel(chosen, async ({ name, file }) => {
    const result = await judge(name, file);
    say([lineOf(result), ...unexplainedLines(result)].join("\n"));
    return result;
  });
  const costs: Cost[] = [];
  if (only === undefined || "github".includes(only)) {
    const large = await largeDocument(root);
    if (!isObject(large)) throw new InputError(`${largePackage.name} holds no OpenAPI document.`);
    for (const operations of cuts) {
      const name = `the first ${operations} operations of the GitHub API`;
      const file = writeCut(root, large, operations);
      const cost = await judgeCut(file, (done, total) => say(`       ${done}/${total} operations`));
      costs.push(cost);
      const contract = await loadContract(file);
      const result = {
        name,
        operations: cost.operations,
        requests: cost.requests,
        explained: explainFindings(contract, cost.findings),
        mockLimits: cost.mockLimits,
      };
      results.push(result);
      say(
        `${lineOf(result)}, ${cost.wallSeconds.toFixed(0)} s (${cost.cpuSeconds.toFixed(0)} s CPU), ${cost.peakMiB.toFixed(0)} MiB`,
      );
      for (const line of unexplainedLines(result)) say(line);
    }
  }
  if (results.length === 0) throw new InputError(`No document's name contains "${only}".`);
  if (only === undefined)
    writeFileSync(join(root, "docs/foreign-contracts.md"), foreignPage({ results, skipped, twins, costs }));
  const unexplained = results.flatMap((result) => ("explained" in result ? result.explained : []));
  return {
    unexplained: unexplained.filter(({ explanation }) => explanation === undefined).length,
    crashed: results.filter((result) => "crash" in result).length,
  };
}

/** Two at a time: much of a small document's time is spent loading Prism, in a thread. Results in order. */
async function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries(); // shared: whoever is free takes the next
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all([worker(), worker()]);
  return results;
}

async function judge(name: string, file: string): Promise<DocumentResult> {
  try {
    const judged = await judgeDocument(file, () => undefined);
    if ("notJudged" in judged) return { name, notJudged: judged.notJudged.replaceAll(file, name) };
    const { contract, summary } = judged;
    return {
      name,
      operations: contract.operations.length,
      requests: summary.requestsSent,
      explained: explainFindings(contract, summary.findings),
      mockLimits: mockLimitsOf(summary),
    };
  } catch (error) {
    return { name, crash: (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "" };
  }
}

function lineOf(result: DocumentResult): string {
  if ("crash" in result) return `FAILED ${result.name}: it couldn't be judged: ${result.crash}`;
  if ("notJudged" in result) return `  -    ${result.name}: not judged: ${result.notJudged}`;
  const { name, operations, requests, explained } = result;
  const open = explained.some(({ explanation }) => explanation === undefined);
  return `${open ? "FAILED" : "ok    "} ${name}: ${operations} operations, ${requests} requests, ${explained.length} findings`;
}

function unexplainedLines(result: DocumentResult): readonly string[] {
  return "explained" in result ? result.explained.filter(isOpen).map(openLine) : [];
}

function isOpen({ explanation }: Explained): boolean {
  return explanation === undefined;
}

function openLine({ finding }: Explained): string {
  return `         not explained: ${finding.check}: ${finding.caseId}: expected ${finding.expected}, got ${finding.actual} (${finding.pointer})`;
}
