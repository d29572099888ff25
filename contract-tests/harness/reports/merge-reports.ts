import type { Finding } from "../checks/finding.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import { mergedCoverage } from "../coverage/coverage.ts";
import type { CheckCount, RunHeader, RunSummary, SuccessCount, Verdict } from "../run/events.ts";
import { mergedSensitivity } from "../run/sensitivity.ts";
import { inCanonicalOrder } from "./json-report.ts";
import { type FinishedRun, ReportError } from "./report.ts";

/** A shard's report and the file that it was read from. */
export interface Shard extends FinishedRun {
  readonly file: string;
}

/**
 * One run from the reports of its shards, equal to the run that was never split, but for the clock. Counts add up,
 * a finding that several shards saw is one, and what every shard says of the whole contract is said once.
 *
 * @throws {ReportError} when the reports are of different contracts, targets or seeds
 */
export function mergeReports(shards: readonly Shard[]): FinishedRun {
  const [first, ...others] = shards;
  if (first === undefined)
    throw new ReportError("there is no report to merge: name the JSON reports of all shards");
  for (const other of others) assertSameRun(first, other);
  const headers = shards.map(({ header }) => header);
  const summaries = shards.map(({ summary }) => summary);
  const header: RunHeader = {
    ...first.header,
    operations: sum(headers, ({ operations }) => operations),
    casesPlanned: sum(headers, ({ casesPlanned }) => casesPlanned ?? 0),
    startedAt: headers.map(({ startedAt }) => startedAt).sort()[0] ?? "",
  };
  const findings = mergedFindings(summaries.flatMap((summary) => summary.findings));
  const problems = [...new Set(summaries.flatMap(({ baseline }) => baseline?.problems ?? []))];
  const known = findings.filter((finding) => finding.known !== undefined).length;
  const summary: RunSummary = {
    verdict: mergedVerdict(summaries.map(({ verdict }) => verdict)),
    counts: mergedCounts(summaries.flatMap(({ counts }) => counts)),
    ...(summaries.some(({ successes }) => successes !== undefined)
      ? { successes: mergedSuccesses(summaries.flatMap(({ successes = [] }) => successes)) }
      : {}),
    findings,
    notJudged: distinct(summaries.flatMap(({ notJudged }) => notJudged)),
    ...(summaries.some(({ baseline }) => baseline !== undefined) ? { baseline: { known, problems } } : {}),
    ...(summaries.every(({ coverage }) => coverage !== undefined)
      ? { coverage: mergedCoverage(summaries.flatMap(({ coverage }) => coverage ?? [])) }
      : {}),
    ...(summaries.every(({ sensitivity }) => sensitivity !== undefined)
      ? { sensitivity: mergedSensitivity(summaries.flatMap(({ sensitivity }) => sensitivity ?? [])) }
      : {}),
    requestsSent: sum(summaries, ({ requestsSent }) => requestsSent),
    durationMs: sum(summaries, ({ durationMs }) => durationMs),
  };
  return { header, summary: inCanonicalOrder(summary) };
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

function assertSameRun(first: Shard, other: Shard): void {
  const differing = (
    [
      ["contract", first.header.contract.sha256, other.header.contract.sha256],
      ["kind of target", first.header.target.kind, other.header.target.kind],
      ["seed", first.header.seed, other.header.seed],
    ] as const
  ).find(([, a, b]) => a !== b);
  if (differing === undefined) return;
  const [what, a, b] = differing;
  throw new ReportError(
    `${first.file} and ${other.file} come from different runs: the ${what} is ${a} in one and ${b} in the other; merge shards of the same run`,
  );
}

/** One that judged nothing has nothing against the others: a shard may be left without operations. */
function mergedVerdict(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("does-not-conform")) return "does-not-conform";
  return verdicts.includes("conforms") ? "conforms" : "judged-nothing";
}

function mergedCounts(counts: readonly CheckCount[]): readonly CheckCount[] {
  const rows = new Map<string, CheckCount>();
  for (const count of counts) {
    const key = `${count.operation}\n${count.check}`;
    const before = rows.get(key);
    rows.set(
      key,
      before === undefined
        ? count
        : {
            ...count,
            passed: before.passed + count.passed,
            failed: before.failed + count.failed,
            warned: before.warned + count.warned,
          },
    );
  }
  return [...rows.values()];
}

function mergedSuccesses(rows: readonly SuccessCount[]): readonly SuccessCount[] {
  const merged = new Map<string, SuccessCount>();
  for (const row of rows) {
    const before = merged.get(row.operation);
    merged.set(row.operation, before === undefined ? row : added(before, row));
  }
  return [...merged.values()];
}

function added(a: SuccessCount, b: SuccessCount): SuccessCount {
  const instead: Record<string, number> = { ...a.instead };
  for (const [status, count] of Object.entries(b.instead)) instead[status] = (instead[status] ?? 0) + count;
  return { ...a, tried: a.tried + b.tried, succeeded: a.succeeded + b.succeeded, instead };
}

function mergedFindings(findings: readonly Finding[]): readonly Finding[] {
  const byId = new Map<string, Finding>();
  for (const finding of findings) {
    const before = byId.get(finding.id);
    byId.set(
      finding.id,
      before === undefined ? finding : { ...before, occurrences: before.occurrences + finding.occurrences },
    );
  }
  return [...byId.values()];
}

function distinct(items: readonly NotJudged[]): readonly NotJudged[] {
  const key = (item: NotJudged) => JSON.stringify([item.operation, item.check, item.pointer, item.reason]);
  return [...new Map(items.map((item) => [key(item), item] as const)).values()];
}
