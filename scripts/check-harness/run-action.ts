import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type Ran, run } from "../check-package/run.ts";

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: {
    readonly steps: readonly {
      readonly id: string;
      readonly run: string;
      readonly env: Readonly<Record<string, string>>;
    }[];
  };
}

export interface ActionRun extends Ran {
  readonly outputs: ReadonlyMap<string, string>;
  readonly stepSummary: string;
}

/**
 * Runs the steps of action.yml by bash, as GitHub's runner does: inputs into the environment, outputs from files.
 *
 * @param runner further variables that the runner sets
 */
export async function runAction(
  root: string,
  workspace: string,
  given: Readonly<Record<string, string>>,
  runner: Readonly<Record<string, string>> = {},
): Promise<ActionRun> {
  const action: Action = parse(readFileSync(join(root, "action.yml"), "utf8"));
  const inputs = Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [
      name,
      given[name] ?? (input.default ?? "").replace(/^\$\{\{ github\.token \}\}$/, ""),
    ]),
  );
  const files = join(workspace, "runner");
  mkdirSync(files, { recursive: true });
  const [outputFile, summaryFile] = [join(files, "output"), join(files, "summary")];
  for (const file of [outputFile, summaryFile]) writeFileSync(file, "");
  let ran: Ran = { exitCode: 0, output: "" };
  for (const step of action.runs.steps) {
    const env = Object.fromEntries(
      Object.entries(step.env).map(([name, value]) => [name, filledIn(value, inputs)]),
    );
    const script = join(files, `${step.id}.sh`);
    writeFileSync(script, step.run);
    ran = await run("bash", ["--noprofile", "--norc", "-e", "-o", "pipefail", script], workspace, {
      ...env,
      ...runner,
      CI: "true",
      GITHUB_OUTPUT: outputFile,
      GITHUB_STEP_SUMMARY: summaryFile,
    });
    if (ran.exitCode !== 0) break;
  }
  const lines = readFileSync(outputFile, "utf8").split("\n").filter(Boolean);
  return {
    ...ran,
    outputs: new Map(
      lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    ),
    stepSummary: readFileSync(summaryFile, "utf8"),
  };
}

/** `${{ inputs.spec }}` becomes its value; any other expression is one that this runner doesn't know. */
function filledIn(value: string, inputs: Readonly<Record<string, string>>): string {
  return value.replace(/\$\{\{ (\S+) \}\}/g, (_, expression: string) => {
    const input = /^inputs\.([\w-]+)$/.exec(expression)?.[1];
    const known = input === undefined ? undefined : inputs[input];
    if (known === undefined) throw new Error(`action.yml uses ${expression}, which isn't one of its inputs`);
    return known;
  });
}
