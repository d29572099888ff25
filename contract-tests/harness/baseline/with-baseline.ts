import type { RunHeader, RunSummary } from "../run/events.ts";
import { applyBaseline, type BaselineScope } from "./apply-baseline.ts";
import type { BaselineEntry } from "./baseline.ts";

/**
 * A run's result in the light of a baseline: known findings no longer count against it, but an entry that has
 * expired or no longer occurs does. What failed for another reason, such as a schema that doesn't compile, still fails.
 */
export function withBaseline(
  header: RunHeader,
  summary: RunSummary,
  entries: readonly BaselineEntry[],
  scope: BaselineScope,
): RunSummary {
  const { findings, known, problems } = applyBaseline(summary.findings, entries, scope);
  const failed =
    problems.length > 0 ||
    header.schemasCompiled < header.schemasTotal ||
    findings.some((finding) => finding.severity === "error" && finding.known === undefined);
  const judged = summary.verdict === "judged-nothing" && !failed ? "judged-nothing" : "conforms";
  return {
    ...summary,
    findings,
    baseline: { known, problems },
    verdict: failed ? "does-not-conform" : judged,
  };
}
