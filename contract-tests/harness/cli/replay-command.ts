import { readFile } from "node:fs/promises";
import type { Finding } from "../checks/finding.ts";
import type { Contract } from "../contract/contract.ts";
import { loadContract } from "../contract/load-contract.ts";
import { messageOf } from "../http/message-of.ts";
import { nearestName } from "../http/nearest-name.ts";
import { unreadableFile } from "../http/unreadable-file.ts";
import { redactorFor } from "../redaction/redactor-for.ts";
import { harmless } from "../reports/console-output.ts";
import { inCanonicalOrder } from "../reports/json-report.ts";
import { parseJsonReport } from "../reports/read-json-report.ts";
import { type FinishedRun, ReportError } from "../reports/report.ts";
import type { SafeOutput } from "../reports/safe-output.ts";
import { counted } from "../reports/wording.ts";
import { OperationEntries } from "../run/operation-entry.ts";
import { schemeNamed } from "../run/operation-plans.ts";
import { Replay, type Replayed } from "../run/replay.ts";
import { Oracle } from "../schema/oracle.ts";
import { openTarget } from "../targets/open-target.ts";
import { beginTokens } from "./begin-tokens.ts";
import type { CommandExtension } from "./command-extension.ts";
import { ownHeaders } from "./own-headers.ts";
import type { CommandArguments } from "./parse-arguments.ts";
import { runSettings, secretsIn } from "./run-settings.ts";
import type { Surroundings } from "./surroundings.ts";
import { tlsFiles } from "./tls-files.ts";
import { UsageError } from "./usage-error.ts";

/**
 * `replay`. Exit codes: 0 all findings are gone, 1 at least one remains, 2 one couldn't be tried, 130 interrupted.
 *
 * @throws {UserError} when none can be tried: exit code 2
 */
export async function replay(
  given: CommandArguments,
  { env, signal }: Surroundings,
  extension: CommandExtension,
  output: SafeOutput,
): Promise<number> {
  const { settings } = given;
  const [file = "", ...wanted] = given.files;
  const report = await readReport(file);
  const findings = chosen(inCanonicalOrder(report.summary).findings, wanted, file);
  const { stdout } = output;
  if (findings.length === 0) {
    stdout.write(`${file} has no findings to replay.\n`);
    return 0;
  }
  const contract = await contractOf(report, given, extension, file);
  const headers = ownHeaders(settings.headers ?? [], contract, extension.environmentHeaders ?? [], env);
  const redactor = redactorFor(contract, headers);
  for (const secret of secretsIn(given, contract)) redactor.learn(secret);
  output.use(redactor);
  const auth = new Map(settings.auth ?? []);
  for (const name of auth.keys()) schemeNamed(contract, name);
  const url = settings.target ?? addressIn(report, file);
  const target = await openTarget({
    ...(url === undefined ? {} : { url }),
    contract,
    ...(settings.waitForMs === undefined ? {} : { waitForMs: settings.waitForMs }),
    tls: tlsFiles(settings),
  });
  try {
    for (const name of given.config?.tokens.keys() ?? []) schemeNamed(contract, name);
    const tokens = await beginTokens(given.config, contract, target, redactor, signal);
    const { entries, acceptedStatuses = new Map(), maxResponseTimeMs = 5_000 } = runSettings(given);
    const replay = new Replay({
      contract,
      oracle: new Oracle(contract),
      target,
      headers,
      auth,
      ...(tokens ? { tokens } : {}),
      allowWrites: settings.allowWrites ?? false,
      timeoutMs: settings.timeoutMs ?? 10_000,
      limits: { maxResponseTimeMs, acceptedStatuses },
      entries: new OperationEntries(contract, entries),
      ...(signal ? { signal } : {}),
    });
    const other = contract.sha256 === report.header.contract.sha256 ? "" : ", changed since the report";
    stdout.write(`replay    ${file}: ${counted(findings.length, "finding")}\n`);
    stdout.write(`contract  ${contract.file}${other}\ntarget    ${target.address} (${target.kind})\n\n`);
    const results: Replayed[] = [];
    for (const finding of findings) {
      const result = await replay.try(finding);
      if (signal?.aborted) break;
      results.push(result);
      stdout.write(harmless(`${result.outcome.padEnd(13)}${finding.id}\n${" ".repeat(13)}${result.why}\n`));
    }
    const count = (outcome: Replayed["outcome"]) => results.filter((one) => one.outcome === outcome).length;
    const [there, gone, not] = [count("still there"), count("gone"), count("not tried")];
    stdout.write(`\n${there} still there, ${gone} gone, ${not} not tried\n`);
    if (signal?.aborted) return 130;
    return there > 0 ? 1 : not > 0 ? 2 : 0;
  } finally {
    await target.close();
  }
}

async function readReport(file: string): Promise<FinishedRun> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new ReportError(
      `${file} can't be read (${unreadableFile(error)}): name a report written by --report FILE.json`,
    );
  }
  return parseJsonReport(text, file);
}

function chosen(all: readonly Finding[], wanted: readonly string[], file: string): readonly Finding[] {
  if (wanted.length === 0) return all;
  for (const part of wanted) {
    if (part !== "" && all.some(({ id }) => id.includes(part))) continue;
    const near = nearestName(
      part,
      all.map(({ id }) => id),
    );
    const hint = near === undefined ? `it has ${counted(all.length, "finding")}` : `did you mean "${near}"?`;
    throw new UsageError(`${file} has no finding "${part}": ${hint}.`);
  }
  // A complete id means only that finding, even if it is the beginning of others.
  const isWanted = ({ id }: Finding) =>
    wanted.some((part) => (all.some((one) => one.id === part) ? id === part : id.includes(part)));
  return all.filter(isWanted);
}

async function contractOf(
  { header }: FinishedRun,
  { settings }: CommandArguments,
  extension: CommandExtension,
  file: string,
): Promise<Contract> {
  const spec = settings.spec ?? header.contract.file ?? extension.spec;
  try {
    return await loadContract(spec, settings.overlays);
  } catch (error) {
    if (settings.spec !== undefined) throw error;
    throw new UsageError(`The contract of ${file} can't be read (${messageOf(error)}): give --spec FILE.`);
  }
}

/** Undefined for a mock, which is started again. */
function addressIn({ header: { target } }: FinishedRun, file: string): string | undefined {
  if (target.kind === "prism") return undefined;
  const isWhole = URL.canParse(target.address) && !target.address.includes("REDACTED");
  if (target.kind === "url" && isWhole) return target.address;
  throw new UsageError(
    `${file} doesn't say which server to use (${target.kind === "url" ? "secrets in its address were redacted" : `its target was ${target.address}`}): give --target URL.`,
  );
}
