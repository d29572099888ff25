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

export interface FindingGroup {
  readonly check: string;
  readonly findings: readonly Finding[];
  readonly operations: number;
}

/** Findings of the same check together, in the order in which the checks come first. */
export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.check);
    if (group) group.push(finding);
    else groups.set(finding.check, [finding]);
  }
  return [...groups].map(([check, own]) => ({
    check,
    findings: own,
    operations: new Set(own.map(({ operation }) => operation)).size,
  }));
}

/** At most `most` findings, each check's first ones before any check's later ones; in the order given. */
export function spreadOverChecks(findings: readonly Finding[], most: number): readonly Finding[] {
  if (findings.length <= most) return findings;
  const groups = groupFindings(findings);
  const chosen = new Set<Finding>();
  for (let turn = 0; chosen.size < most; turn++)
    for (const group of groups) {
      const finding = group.findings[turn];
      if (finding && chosen.size < most) chosen.add(finding);
    }
  return findings.filter((finding) => chosen.has(finding));
}
