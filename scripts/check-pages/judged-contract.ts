import { writeFileSync } from "node:fs";
import { loadContract } from "../../contract-tests/harness/contract/load-contract.ts";
import { operationAt } from "../../contract-tests/harness/contract/match-operation.ts";
import type { RunSummary } from "../../contract-tests/harness/run/events.ts";
import { run } from "../../contract-tests/harness/run/run.ts";
import { Oracle } from "../../contract-tests/harness/schema/oracle.ts";
import { startPrismMock } from "../../contract-tests/harness/targets/prism-mock.ts";
import { clientArguments } from "../../contract-tests/suites/client-arguments.ts";
import { clientCalls } from "../../contract-tests/suites/client-calls.ts";
import { operations } from "../../generated/operations.ts";
import type { Operation } from "../../src/calls/operation.ts";
import { explainFindings } from "../check-foreign-contracts/explain-findings.ts";
import type { JudgedContract, JudgedOperation } from "./check-pages.ts";
import { typedCalls } from "./typed-calls.ts";

/** Run in a copy of the project, in a process of its own: judges mock and client by the contract that is generated there. */
const rows: Readonly<Record<string, Operation>> = operations;
const contract = await loadContract("generated/openapi.yaml");
writeFileSync("typed-calls.ts", typedCalls(argumentsOfEach()));
const started = performance.now();
const target = await startPrismMock(contract);
let summary: RunSummary | undefined;
for await (const event of run({
  contract,
  target,
  client: clientCalls(contract),
  maxResponseTimeMs: 60_000,
  timeoutMs: 60_000,
}))
  if (event.type === "run-finished") summary = event.summary;
await target.close();
if (!summary) throw new Error("the run ended without a summary");
const { userCPUTime, systemCPUTime } = process.resourceUsage();
const judged: JudgedContract = {
  operations: Object.entries(rows).map(([id, row]) => judgedOperation(id, row, summary)),
  findings: explainFindings(contract, summary.findings).map(({ finding, explanation }) => ({
    id: finding.id,
    actual: finding.actual,
    explanation: explanation?.name,
  })),
  seconds: (performance.now() - started) / 1_000,
  cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
};
process.send?.(judged, () => process.exit());

/** What a call of each operation takes at least, as the suite calls it. */
function argumentsOfEach() {
  const oracle = new Oracle(contract);
  return Object.entries(rows).map(([id, row]) => {
    const operation = operationAt(contract, row.method, row.path);
    const names = [...row.path.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
    const [first] = operation ? clientArguments(oracle, operation, names, row) : [];
    return { id, args: first?.args ?? [] };
  });
}

function judgedOperation(
  id: string,
  row: Operation,
  { successes = [], notJudged }: RunSummary,
): JudgedOperation {
  const name = `client › ${operationAt(contract, row.method, row.path)?.id}`;
  const limit = notJudged.find(
    ({ operation, check, reason }) =>
      operation === name && check === "client-answer-conformance" && reason.startsWith("the mock: "),
  );
  return {
    id,
    kind: kindOf(row),
    works: (successes.find(({ operation }) => operation === name)?.succeeded ?? 0) > 0,
    mockLimit: limit?.reason.slice("the mock: ".length),
  };
}

/** What a call sends and gives, as far as it isn't plain JSON. */
function kindOf({ json, answers = {}, requestMediaType }: Operation): string {
  const forms = new Set(Object.values(answers).flatMap((types) => Object.values(types)));
  const given = json ? "JSON" : [...forms].join(" or ") || "nothing";
  return requestMediaType ? `${given}, of ${requestMediaType.split("/").at(-1)}` : given;
}
