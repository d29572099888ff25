import type { RunSummary } from "../run/events.ts";
import { ReportError } from "./report.ts";

/**
 * A result that fails where less of the contract than `percent` was put to use (`--min-coverage`).
 *
 * @throws {ReportError} when nothing is known of it: merged reports of an earlier version
 */
export function requireCoverage(summary: RunSummary, percent: number): RunSummary {
  if (!summary.coverage)
    throw new ReportError(
      "--min-coverage can't be checked: a merged report has no coverage; write the shards' reports again",
    );
  return summary.coverage.percent >= percent
    ? summary
    : { ...summary, coverageRequired: percent, verdict: "does-not-conform" };
}
