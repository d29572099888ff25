import { relative } from "node:path";
import { ownContractFile } from "../../suites/default-settings.ts";
import { runOptions } from "../../suites/run-options.ts";
import type { SuiteSettings } from "../../suites/suite-settings.ts";
import { readBaseline } from "../baseline/baseline-file.ts";
import { loadContract } from "../contract/load-contract.ts";
import { contractSecretNames } from "../redaction/contract-secret-names.ts";
import { publishedSecrets } from "../redaction/published-secrets.ts";
import { createRedactor } from "../redaction/redact.ts";
import { secretShapes } from "../redaction/secret-shapes.ts";
import { secretsInHeaders } from "../redaction/secrets-in-headers.ts";
import { consoleOutput, type OutputStream } from "../reports/console-output.ts";
import { consoleReport } from "../reports/console-report.ts";
import { fileReport } from "../reports/file-report.ts";
import { harRecorder } from "../reports/har-recorder.ts";
import type { Report } from "../reports/report.ts";
import { parseReportChoice } from "../reports/report-formats.ts";
import { stepSummary } from "../reports/step-summary.ts";
import type { RunEvent } from "../run/events.ts";
import { applyKnown } from "./apply-known.ts";
import { helpText } from "./help-text.ts";
import { judgeServer } from "./judge-server.ts";
import { ownHeaders } from "./own-headers.ts";
import { type CommandOptions, parseOptions } from "./parse-options.ts";
import type { FinishedRun } from "./session-stream.ts";

export interface Surroundings {
  readonly stdout: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** `npm run conformance`: 0 the contract is kept, 1 it isn't. Throws where the run can't be done: see `isUserError`. */
export async function conformance(args: readonly string[], { stdout, env }: Surroundings): Promise<number> {
  const options = parseOptions(args);
  if (options.help) {
    stdout.write(helpText());
    return 0;
  }
  const reports = openReports(options, stdout, env);
  // A baseline that can't be used is told now, not when the run is over.
  if (options.baseline !== undefined) {
    await readBaseline(options.baseline, options.updateBaseline ? "empty" : "error");
  }
  if (options.merge) {
    const { mergeReportFiles } = await import("../reports/merge-files.ts");
    const merged = await mergeReportFiles(options.merge);
    for (const report of reports) report.on({ type: "run-started", header: merged.header });
    return conclude(reports, merged, options, undefined);
  }
  const contract = await loadContract(options.spec ?? relative(process.cwd(), ownContractFile));
  const headers = ownHeaders(options.headers, contract, env);
  const names = contractSecretNames(contract.document);
  const shapes = secretShapes(contract.document, names);
  const redactor = createRedactor(secretsInHeaders(headers), {
    names,
    shapes,
    published: publishedSecrets(contract.document, names),
    ownHeaders: new Set(headers.map(([name]) => name.toLowerCase())),
  });
  const tell = (event: RunEvent): void => {
    const shown = redactor.event(event);
    for (const report of reports) report.on(shown);
  };
  const settings: SuiteSettings = { ...settingsOf(options), contractFile: contract.file, headers };
  const finished = await (options.har === undefined
    ? judgeServer(contract, settings, options.target, tell, stdout)
    : (await import("./judge-recording.ts")).judgeRecording(
        contract,
        options.har,
        runOptions(settings),
        tell,
      ));
  const { shard } = options;
  const part =
    shard &&
    new Set(
      contract.operations.filter((_, index) => index % shard.count === shard.index - 1).map(({ id }) => id),
    );
  const shown = { header: redactor.header(finished.header), summary: redactor.summary(finished.summary) };
  return conclude(reports, shown, options, part);
}

function openReports(options: CommandOptions, stdout: OutputStream, env: Surroundings["env"]): Report[] {
  return [
    consoleReport(consoleOutput(stdout, env)),
    ...options.reports.map((choice) => fileReport(parseReportChoice(choice))),
    ...(options.record === undefined ? [] : [harRecorder(options.record)]),
    ...(env["GITHUB_STEP_SUMMARY"] ? [stepSummary(env["GITHUB_STEP_SUMMARY"])] : []),
  ];
}

async function conclude(
  reports: readonly Report[],
  { header, summary }: FinishedRun,
  options: CommandOptions,
  part: ReadonlySet<string> | undefined,
): Promise<number> {
  const weighed = await applyKnown(header, summary, options, part);
  for (const report of reports) report.on({ type: "run-finished", header, summary: weighed });
  for (const report of reports) await report.finish();
  return weighed.verdict === "conforms" ? 0 : 1;
}

const settingNames = [
  "seed",
  "phases",
  "checks",
  "acceptedStatuses",
  "allowWrites",
  "maxRequests",
  "maxCases",
  "fuzzRuns",
  "rate",
  "timeoutMs",
  "maxResponseTimeMs",
  "shard",
] as const;

function settingsOf(options: CommandOptions): Omit<SuiteSettings, "contractFile"> {
  return Object.fromEntries(
    settingNames.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  );
}
