import { readFileSync } from "node:fs";
import { messageOf } from "../http/message-of.ts";
import { consoleOutput, harmless } from "../reports/console-output.ts";
import { consoleReport } from "../reports/console-report.ts";
import { fileReport } from "../reports/file-report.ts";
import { harRecorder } from "../reports/har-recorder.ts";
import { pullRequestComment } from "../reports/pull-request-comment.ts";
import { parseJsonReport } from "../reports/read-json-report.ts";
import { type FinishedRun, type Report, ReportError } from "../reports/report.ts";
import { parseReportChoice } from "../reports/report-formats.ts";
import { ReportSet } from "../reports/report-set.ts";
import { requireCoverage } from "../reports/require-coverage.ts";
import { requireSensitivity } from "../reports/require-sensitivity.ts";
import type { SafeOutput } from "../reports/safe-output.ts";
import { stepSummary } from "../reports/step-summary.ts";
import { requireSuccess } from "../reports/without-success.ts";
import { applyKnown } from "./apply-known.ts";
import { pullRequestOf } from "./pull-request.ts";
import type { GivenSettings } from "./settings.ts";
import type { Surroundings } from "./surroundings.ts";

/** The reports that the settings ask for. */
export function openReports(
  settings: GivenSettings,
  output: SafeOutput,
  env: Surroundings["env"],
  more: readonly Report[] = [],
): ReportSet {
  const { stdout, hide } = output;
  const before = settings.compareWith === undefined ? undefined : readReport(settings.compareWith);
  return new ReportSet([
    ...more,
    consoleReport(consoleOutput(stdout, env)),
    ...(settings.reports ?? []).map((choice) => fileReport(parseReportChoice(choice), hide, before)),
    ...(settings.record === undefined ? [] : [harRecorder(settings.record, undefined, hide)]),
    ...(env["GITHUB_STEP_SUMMARY"] ? [stepSummary(env["GITHUB_STEP_SUMMARY"], hide, before)] : []),
    ...(settings.comment ? [commentReport(output, env, before)] : []),
  ]);
}

function readReport(file: string): FinishedRun {
  try {
    return parseJsonReport(readFileSync(file, "utf8"), file);
  } catch (error) {
    if (error instanceof ReportError) throw error;
    throw new ReportError(
      `--compare-with ${file} can't be read: name a report written by --report FILE.json`,
    );
  }
}

function commentReport(
  output: SafeOutput,
  env: Surroundings["env"],
  before: FinishedRun | undefined,
): Report {
  const pullRequest = pullRequestOf(env);
  const tell = (sentence: string) => void output.stdout.write(harmless(sentence));
  if (typeof pullRequest !== "string") {
    output.learn([pullRequest.token]);
    return pullRequestComment(pullRequest, before, tell, output.hide);
  }
  return { on: () => undefined, finish: async () => tell(`${pullRequest}\n`) };
}

/** Compares the findings with the known ones, finishes the reports, and returns the exit code. */
export async function conclude(
  reports: ReportSet,
  { header, summary }: FinishedRun,
  settings: GivenSettings,
  part: ReadonlySet<string> | undefined,
  operations: readonly string[],
): Promise<number> {
  // What an interrupted run didn't see isn't gone: the run neither updates the baseline nor is compared with it.
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
    // The run is complete: its reports are written, without the baseline, before this is reported.
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
