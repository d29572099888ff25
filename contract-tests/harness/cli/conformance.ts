import { resolve } from "node:path";
import { readBaseline } from "../baseline/baseline-file.ts";
import type { Contract } from "../contract/contract.ts";
import { loadContract } from "../contract/load-contract.ts";
import { isLoopback } from "../http/loopback.ts";
import type { HeaderLine } from "../http/message.ts";
import { readHar } from "../recordings/read-har.ts";
import type { Redactor } from "../redaction/redact.ts";
import { redactorFor } from "../redaction/redactor-for.ts";
import type { FinishedRun } from "../reports/report.ts";
import { SafeOutput } from "../reports/safe-output.ts";
import { chooseOperations } from "../run/choose-operations.ts";
import type { RunEvent } from "../run/events.ts";
import { assertChoices } from "../run/operation-plans.ts";
import { run } from "../run/run.ts";
import type { RunOptions } from "../run/run-options.ts";
import { assertBasePath } from "../targets/base-path.ts";
import { connectionTo, openTarget } from "../targets/open-target.ts";
import { beginTokens } from "./begin-tokens.ts";
import type { CommandExtension } from "./command-extension.ts";
import { givenSecrets, settingSecrets } from "./given-secrets.ts";
import { helpText } from "./help-text.ts";
import { ownHeaders } from "./own-headers.ts";
import { type CommandArguments, parseArguments, settingsFrom } from "./parse-arguments.ts";
import { planText } from "./plan-text.ts";
import { conclude, openReports } from "./reporting.ts";
import { runSettings, secretsIn } from "./run-settings.ts";
import { fileFor, serverTargets } from "./server-targets.ts";
import type { GivenSettings } from "./settings.ts";
import type { Surroundings } from "./surroundings.ts";
import { tlsFiles } from "./tls-files.ts";
import { UsageError } from "./usage-error.ts";
import { version } from "./version.ts";
import { withSensitivity } from "./with-sensitivity.ts";

/**
 * The command. Exit codes: 0 the server conforms, 1 it doesn't, 2 it can't be judged, 130 interrupted.
 *
 * @throws {UserError} when the run can't be done: exit code 2
 */
export async function conformance(
  args: readonly string[],
  surroundings: Surroundings,
  extension: CommandExtension = {},
): Promise<number> {
  const output = new SafeOutput(surroundings.stdout);
  output.learn(givenSecrets(args, extension.environmentHeaders ?? [], surroundings.env));
  try {
    return await judged(args, { ...surroundings, stdout: output.stdout }, extension, output);
  } catch (error) {
    throw output.told(error);
  }
}

async function judged(
  args: readonly string[],
  surroundings: Surroundings,
  extension: CommandExtension,
  output: SafeOutput,
): Promise<number> {
  const { stdout, env } = surroundings;
  const given = parseArguments(args, env);
  const { settings, files } = given;
  output.learn(settingSecrets(settings));
  if (settings.help) {
    stdout.write(helpText(extension, given.command));
    return 0;
  }
  if (settings.version) {
    stdout.write(`${version()}\n`);
    return 0;
  }
  if (given.command === "replay") {
    const { replay } = await import("./replay-command.ts");
    return replay(given, surroundings, extension, output);
  }
  if (given.command === "proxy") {
    const { proxy } = await import("./proxy-command.ts");
    return proxy(given, surroundings, extension, output);
  }
  if (given.command === "client") {
    const { client } = await import("./client-command.ts");
    return client(given, surroundings, extension, output);
  }
  if (given.command === "between") {
    const { betweenCommand } = await import("./between-command.ts");
    return betweenCommand(given, surroundings, extension, output);
  }
  openReports(settings, output, env); // a report that can't be written is told now, not when the run is over
  // An unusable baseline is reported now, not when the run is over.
  if (settings.baseline !== undefined) await readBaseline(settings.baseline, missingBaseline(settings));
  if (settings.merge) {
    const { mergeReportFiles } = await import("../reports/merge-files.ts");
    const merged = await mergeReportFiles(files);
    const reports = openReports(settings, output, env);
    reports.on({ type: "run-started", header: merged.header });
    return conclude(reports, merged, settings, undefined, []);
  }
  const file = settings.spec ?? extension.spec;
  if (file === undefined)
    throw new UsageError("--spec FILE is missing: name the OpenAPI document to judge by (see --help).");
  const contract = await loadContract(file, settings.overlays);
  const targets = serverTargets(contract, settings);
  if (targets.length === 0) return judgedOne(contract, given, surroundings, extension, output);
  let worst = 0;
  for (const target of targets) {
    const { reports = [], record } = settings;
    const own: GivenSettings = {
      ...settings,
      target: target.url,
      reports: reports.map((file) => fileFor(file, target)),
      ...(record === undefined ? {} : { record: fileFor(record, target) }),
    };
    const code = await judgedOne(contract, { ...given, settings: own }, surroundings, extension, output);
    worst = Math.max(worst, code);
    if (surroundings.signal?.aborted) break;
  }
  return worst;
}

async function judgedOne(
  contract: Contract,
  given: CommandArguments,
  surroundings: Surroundings,
  extension: CommandExtension,
  output: SafeOutput,
): Promise<number> {
  const { env } = surroundings;
  const { settings } = given;
  const reports = openReports(settings, output, env);
  const headers = ownHeaders(settings.headers ?? [], contract, extension.environmentHeaders ?? [], env);
  const redactor = redactorFor(contract, [
    ...headers,
    ...(given.config?.operations ?? []).flatMap(
      ({ texts, written }) => settingsFrom(texts, written).headers ?? [],
    ),
  ]);
  for (const secret of secretsIn(given, contract)) redactor.learn(secret);
  output.use(redactor);
  const finished = await judge(contract, given, headers, redactor, surroundings, extension, (event) => {
    reports.on(event);
  });
  const shown = { header: redactor.header(finished.header), summary: redactor.summary(finished.summary) };
  const { shard, only, skip } = settings;
  const chosen = chooseOperations(contract, settings).operations.map(({ id }) => id);
  const part = shard || only || skip ? new Set(chosen) : undefined;
  return conclude(reports, shown, settings, part, chosen);
}

/** Runs and reports every event, redacted, except the last, which is the result. */
async function judge(
  contract: Contract,
  given: CommandArguments,
  headers: readonly HeaderLine[],
  redactor: Redactor,
  { stdout, signal }: Surroundings,
  extension: CommandExtension,
  tell: (event: RunEvent) => void,
): Promise<FinishedRun> {
  const { settings } = given;
  const { target: url, har, waitForMs } = settings;
  const tls = tlsFiles(settings);
  const { config } = given;
  assertChoices({ ...runSettings(given), contract }, config?.tokens.keys());
  const target =
    har === undefined
      ? await openTarget({
          ...(url === undefined ? {} : { url }),
          contract,
          ...(waitForMs === undefined ? {} : { waitForMs }),
          tls,
        })
      : undefined;
  try {
    const tokens = target && (await beginTokens(config, contract, target, redactor, signal));
    const options: RunOptions = {
      ...runSettings(given),
      coverage: true,
      ...(tokens ? { tokens } : {}),
      contract,
      headers,
      ...(target ? { target } : {}),
      ...(har === undefined ? {} : { recording: { file: har, ...(await readHar(har)) } }),
      ...clientOptions(contract, settings, extension),
      ...(signal ? { signal } : {}),
      onWait: (wait) => tell({ type: "waiting", ...wait }),
    };
    if (target && !isLoopback(target.address)) stdout.write(await planText(options, target));
    if (target?.kind === "url")
      await assertBasePath(
        contract,
        target,
        chooseOperations(contract, settings).operations,
        await connectionTo(target.address, tls),
      );
    const finished = await lastOf(run(options), (event) => tell(redactor.event(event)));
    return await withSensitivity(finished, options, settings, tell);
  } finally {
    await target?.close();
  }
}

async function lastOf(
  events: AsyncIterable<RunEvent>,
  tell: (event: RunEvent) => void,
): Promise<FinishedRun> {
  for await (const event of events) {
    if (event.type === "run-finished") return { header: event.header, summary: event.summary };
    tell(event);
  }
  throw new Error("the run ended without a result");
}

/** The client was made from the project's own contract, and is judged against the mock of it. */
function clientOptions(
  contract: Contract,
  { target, har, shard }: GivenSettings,
  { client, spec }: CommandExtension,
): Pick<RunOptions, "client" | "leftOut"> {
  if (!client) return {};
  const isOwn = spec !== undefined && resolve(contract.file) === resolve(spec);
  if (isOwn && target === undefined && har === undefined && !shard) return { client: client(contract) };
  const reason = "the client is judged only against the mock of the contract it was generated from";
  return { leftOut: [{ check: "client-request-conformance", reason }] };
}

function missingBaseline({ updateBaseline }: GivenSettings): "empty" | "error" {
  return updateBaseline ? "empty" : "error";
}
