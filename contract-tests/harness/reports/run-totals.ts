import type { Finding } from "../checks/finding.ts";
import type { RunSummary } from "../run/events.ts";

export interface RunTotals {
  readonly passed: number;
  readonly operations: number;
  /** Findings that fail the run: errors that no baseline entry covers. */
  readonly errors: number;
  readonly warnings: number;
  readonly known: number;
  readonly notJudged: number;
}

export function isFailure(finding: Finding): boolean {
  return finding.severity === "error" && finding.known === undefined;
}

/** Worst first: new errors, then warnings, then known findings; otherwise in the order of the run. */
export function findingsByWeight(findings: readonly Finding[]): readonly Finding[] {
  const weight = (finding: Finding) => {
    if (finding.known !== undefined) return 2;
    return finding.severity === "error" ? 0 : 1;
  };
  return [...findings].sort((a, b) => weight(a) - weight(b));
}

export function runTotals(summary: RunSummary): RunTotals {
  const fresh = summary.findings.filter((finding) => finding.known === undefined);
  return {
    passed: summary.counts.reduce((sum, count) => sum + count.passed, 0),
    operations: new Set(summary.counts.map((count) => count.operation)).size,
    errors: fresh.filter((finding) => finding.severity === "error").length,
    warnings: fresh.filter((finding) => finding.severity === "warning").length,
    known: summary.findings.length - fresh.length,
    notJudged: summary.notJudged.length,
  };
}
