import type { RunSummary } from "../run/events.ts";
import { ReportError } from "./report.ts";

/**
 * A result that fails where the run would notice less than `percent` of the faults that were tried, or where none could be
 * (`--min-sensitivity`).
 *
 * @throws {ReportError} when nothing is known of it: merged reports of runs that didn't measure it
 */
export function requireSensitivity(summary: RunSummary, percent: number): RunSummary {
  const { sensitivity } = summary;
  if (!sensitivity)
    throw new ReportError(
      "--min-sensitivity can't be checked: a merged report has no sensitivity; write the shards' reports with --sensitivity",
    );
  return sensitivity.tried > 0 && sensitivity.percent >= percent
    ? summary
    : { ...summary, sensitivityRequired: percent, verdict: "does-not-conform" };
}
