import { type BetweenResult, type BetweenRunOptions, between } from "../between/between.ts";
import { type Side, type Sides, sides } from "../between/change.ts";
import type { Contract, Operation } from "../contract/contract.ts";
import { loadContract } from "../contract/load-contract.ts";
import { isLoopback } from "../http/loopback.ts";
import { createRedactor } from "../redaction/redact.ts";
import { redactorFor } from "../redaction/redactor-for.ts";
import { betweenFormat, betweenText, renderBetween } from "../reports/between-report.ts";
import { consoleOutput } from "../reports/console-output.ts";
import type { SafeOutput } from "../reports/safe-output.ts";
import { writeWhole } from "../reports/write-whole.ts";
import { matchingOperations } from "../run/choose-operations.ts";
import { assertBasePath } from "../targets/base-path.ts";
import { connectionTo, openTarget } from "../targets/open-target.ts";
import { beginTokens } from "./begin-tokens.ts";
import type { CommandExtension } from "./command-extension.ts";
import { ownHeaders } from "./own-headers.ts";
import type { CommandArguments } from "./parse-arguments.ts";
import { runSettings, secretsIn } from "./run-settings.ts";
import { settingsForSides } from "./settings-for-sides.ts";
import type { Surroundings } from "./surroundings.ts";
import { tlsFiles } from "./tls-files.ts";
import { UsageError } from "./usage-error.ts";

/**
 * `between`. Exit codes: 0 nothing contradicts the revision, 1 something does, 2 nothing could be decided, 130 interrupted.
 *
 * @throws {UserError} when it can't be done: exit code 2
 */
export async function betweenCommand(
  given: CommandArguments,
  { env, signal }: Surroundings,
  extension: CommandExtension,
  output: SafeOutput,
): Promise<number> {
  const { settings } = given;
  const [baseFile = "", revisionFile = ""] = given.files;
  const { target: url, reports = [] } = settings;
  if (url === undefined) throw new UsageError("between needs --target URL, the server to judge.");
  const formats = reports.map((choice) => betweenFormat(choice));
  const contracts = { base: await loadContract(baseFile), revision: await loadContract(revisionFile) };
  const headers = sides.map((side) =>
    ownHeaders(settings.headers ?? [], contracts[side], extension.environmentHeaders ?? [], env),
  );
  for (const [index, side] of sides.entries()) {
    const redactor = redactorFor(contracts[side], headers[index] ?? []);
    for (const secret of secretsIn(given, contracts[side])) redactor.learn(secret);
    output.use(redactor);
  }
  const learnt = createRedactor([]);
  output.use(learnt);
  const tls = tlsFiles(settings);
  const { waitForMs } = settings;
  const target = await openTarget({
    url,
    contract: contracts.revision,
    tls,
    ...(waitForMs === undefined ? {} : { waitForMs }),
  });
  try {
    const own = settingsForSides(contracts, runSettings(given), given.config?.tokens.keys());
    const isChosen = chosenBy(contracts, settings.only);
    await assertBasePath(
      contracts.revision,
      target,
      contracts.revision.operations,
      await connectionTo(url, tls),
    );
    const run: { [One in Side]?: BetweenRunOptions } = {};
    for (const [index, side] of sides.entries()) run[side] = await optionsFor(side, index);
    const { stdout } = output;
    const shown = consoleOutput(stdout, env);
    const result = await between({
      contracts,
      target,
      run: run as Sides<BetweenRunOptions>, // both have just been set
      ...(isChosen ? { isChosen } : {}),
      onPlan: (cases) => {
        if (isLoopback(target.address)) return;
        const counts = new Map<string, number>();
        for (const { request } of cases) counts.set(request.method, (counts.get(request.method) ?? 0) + 1);
        const methods = [...counts].map(([method, count]) => `${method} ${count}`).join(", ");
        const sent =
          methods === "" ? "nothing is sent" : `${methods}, plus requests that find or create what they name`;
        stdout.write(`plan      ${new URL(target.address).origin} isn't on this machine: ${sent}\n\n`);
      },
    });
    const report = { contracts, target: target.address, result };
    stdout.write(betweenText(report, shown));
    for (const { format, file } of formats)
      await writeWhole(file, output.hide(renderBetween[format](report)));
    return exitCode(result);

    async function optionsFor(side: Side, index: number): Promise<BetweenRunOptions> {
      const { config } = given;
      const tokens =
        config && new Map([...config.tokens].filter(([name]) => contracts[side].securitySchemes.has(name)));
      const fetched = await beginTokens(
        config && tokens ? { file: config.file, tokens } : undefined,
        contracts[side],
        target,
        learnt,
        signal,
      );
      return {
        ...own[side],
        headers: headers[index] ?? [],
        ...(fetched ? { tokens: fetched } : {}),
        ...(signal ? { signal } : {}),
      };
    }
  } finally {
    await target.close();
  }
}

/** @throws {UserError} when a filter matches no operation of either document */
function chosenBy(
  { base, revision }: Sides<Contract>,
  only: readonly string[] | undefined,
): ((operation: Operation) => boolean) | undefined {
  if (!only || only.length === 0) return undefined;
  const chosen = new Set(matchingOperations([...base.operations, ...revision.operations], only, "--only"));
  return (operation) => chosen.has(operation);
}

function exitCode({ rows, stopped }: BetweenResult): number {
  if (stopped?.by === "caller") return 130;
  if (stopped?.by === "target" || stopped?.by === "failure") return 2;
  if (rows.some(({ isAgainstRevision }) => isAgainstRevision)) return 1;
  return rows.length > 0 && rows.every(({ behaviour }) => behaviour === "not decidable") ? 2 : 0;
}
