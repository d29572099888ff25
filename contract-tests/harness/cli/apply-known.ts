import { utcDay } from "../baseline/baseline.ts";
import { readBaseline, writeBaseline } from "../baseline/baseline-file.ts";
import { updateBaseline } from "../baseline/update-baseline.ts";
import { withBaseline } from "../baseline/with-baseline.ts";
import type { RunHeader, RunSummary } from "../run/events.ts";
import type { GivenSettings } from "./settings.ts";

/**
 * Compares the findings with `--baseline`: known ones don't fail the run, expired entries and those that no longer occur do.
 * With `--update-baseline` the file is written first, so the run is judged by the same entries as the next one.
 */
export async function applyKnown(
  header: RunHeader,
  summary: RunSummary,
  options: GivenSettings,
  operations: ReadonlySet<string> | undefined,
): Promise<RunSummary> {
  if (options.baseline === undefined) return summary;
  const now = new Date();
  const part = operations ? { operations } : {};
  let entries = await readBaseline(options.baseline, options.updateBaseline ? "empty" : "error");
  const errors = summary.findings.filter(({ severity }) => severity === "error");
  if (options.updateBaseline) {
    entries = updateBaseline(errors, entries, {
      now,
      ...part,
      ...(options.reason === undefined ? {} : { reason: options.reason }),
    });
    await writeBaseline(options.baseline, entries);
  }
  return withBaseline(header, summary, entries, { today: utcDay(now), ...part });
}
