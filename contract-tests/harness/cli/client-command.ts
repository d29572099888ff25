import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { loadContract } from "../contract/load-contract.ts";
import { redactorFor } from "../redaction/redactor-for.ts";
import type { SafeOutput } from "../reports/safe-output.ts";
import { run } from "../run/run.ts";
import { openTarget } from "../targets/open-target.ts";
import type { CommandExtension } from "./command-extension.ts";
import type { CommandArguments } from "./parse-arguments.ts";
import { conclude, openReports } from "./reporting.ts";
import type { Surroundings } from "./surroundings.ts";
import { UsageError } from "./usage-error.ts";

/**
 * `client`: judges a program against a mock of the contract. Exit codes: 0 it conforms, 1 it doesn't or sent nothing.
 *
 * @throws {UserError} when it can't be begun: exit code 2
 */
export async function client(
  given: CommandArguments,
  { env, signal }: Surroundings,
  extension: CommandExtension,
  output: SafeOutput,
): Promise<number> {
  const { settings, files: words } = given;
  const spec = settings.spec ?? extension.spec;
  if (spec === undefined) throw new UsageError("client needs --spec FILE, the OpenAPI document to judge by.");
  assertProgram(words, env["PATH"] ?? process.env["PATH"] ?? "");
  const contract = await loadContract(spec, settings.overlays);
  const redactor = redactorFor(contract, []);
  output.use(redactor);
  const target = await openTarget({ contract });
  try {
    const reports = openReports(settings, output, env);
    const { variations, maxTimeMs } = settings;
    const events = run({
      contract,
      target,
      program: { words, ...(variations ? { variations } : {}) },
      ...(maxTimeMs === undefined ? {} : { maxTimeMs }),
      ...(signal ? { signal } : {}),
    });
    for await (const event of events) {
      if (event.type === "run-finished") {
        const shown = { header: redactor.header(event.header), summary: redactor.summary(event.summary) };
        return await conclude(reports, shown, settings, undefined, []);
      }
      reports.on(redactor.event(event));
    }
    throw new Error("the run ended without a result");
  } finally {
    await target.close();
  }
}

/** @throws {UsageError} when there is no such program */
function assertProgram([command]: readonly string[], path: string): void {
  if (command === undefined)
    throw new UsageError(
      "client needs a program after --: client --spec openapi.yaml -- node client.mjs {url}.",
    );
  const places = command.includes("/")
    ? [command]
    : path.split(delimiter).map((folder) => join(folder, command));
  if (!places.some(isExecutable))
    throw new UsageError(`${command} isn't a program that can be started: correct the command after --.`);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
