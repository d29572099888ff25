import { messageOf } from "../http/message-of.ts";
import { consoleOutput } from "../reports/console-output.ts";
import { consoleReport } from "../reports/console-report.ts";
import { fileReport } from "../reports/file-report.ts";
import { harRecorder } from "../reports/har-recorder.ts";
import type { FinishedRun, Report } from "../reports/report.ts";
import { parseReportChoice } from "../reports/report-formats.ts";
import { ReportSet } from "../reports/report-set.ts";
import { requireCoverage } from "../reports/require-coverage.ts";
import { requireSensitivity } from "../reports/require-sensitivity.ts";
import type { SafeOutput } from "../reports/safe-output.ts";
import { stepSummary } from "../reports/step-summary.ts";
import { requireSuccess } from "../reports/without-success.ts";
import { applyKnown } from "./apply-known.ts";
import type { GivenSettings } from "./settings.ts";
import type { Surroundings } from "./surroundings.ts";

/** The reports that the settings ask for. */
export function openReports(
  settings: GivenSettings,
  { stdout, hide }: SafeOutput,
  env: Surroundings["env"],
  more: readonly Report[] = [],
): ReportSet {
  return new ReportSet([
    ...more,
    consoleReport(consoleOutput(stdout, env)),
    ...(settings.reports ?? []).map((choice) => fileReport(parseReportChoice(choice), hide)),
    ...(settings.record === undefined ? [] : [harRecorder(settings.record, undefined, hide)]),
    ...(env["GITHUB_STEP_SUMMARY"] ? [stepSummary(env["GITHUB_STEP_SUMMARY"], hide)] : []),
  ]);
}

/** Weighs what was found by what is known, ends the reports, and says the exit code. */
export async function conclude(
  reports: ReportSet,
  { header, summary }: FinishedRun,
  settings: GivenSettings,
  part: ReadonlySet<string> | undefined,
  operations: readonly string[],
): Promise<number> {
  // What an interrupted run didn't see isn't gone: it neither updates the baseline nor is held against it.
  const { stopped } = summary;
  const interrupted = stopped?.by === "caller";
  const cantBeJudged = stopped?.by === "target" || stopped?.by === "failure";
  let weighed = summary;
  try {
    if (!interrupted && !cantBeJudged) weighed = await applyKnown(header, summary, settings, part);
    if (settings.requireSuccess) weighed = requireSuccess(weighed, operations);
    if (settings.minSensitivity !== undefined && (weighed.sensitivity || !stopped))
      weighed = requireSensitivity(weighed, settings.minSensitivity);
    if (settings.minCoverage !== undefined) weighed = requireCoverage(weighed, settings.minCoverage);
  } catch (error) {
    // The run has been done: its reports are written, unweighed, before that is told.
    const reason = `the findings couldn't be compared with the baseline: ${messageOf(error)}`;
    reports.on({ type: "run-finished", header, summary: { ...summary, stopped: { by: "failure", reason } } });
    await reports.finish();
    throw error;
  }
  reports.on({ type: "run-finished", header, summary: weighed });
  await reports.finish();
  if (interrupted) return 130;
  if (stopped?.by === "failure") throw new Error(stopped.reason);
  if (cantBeJudged) return 2;
  return weighed.verdict === "conforms" ? 0 : 1;
}
