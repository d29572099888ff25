import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../cli/input-error.ts";
import { mutationReport } from "./mutation-report.ts";
import { explainedSurvivors } from "./survivors.ts";

const leastScore = 90;

/**
 * Runs Stryker, unless only the page is asked for, and writes docs/mutation-testing.md.
 *
 * @returns the exit code: 1 when the score is too low, a survivor unexplained or an explanation stale
 * @throws InputError when there is no result to write the page from
 */
export async function mutationTest(
  root: string,
  isReportOnly: boolean,
  say: (line: string) => void,
): Promise<number> {
  if (!isReportOnly) {
    const stryker = spawn(join(root, "node_modules/.bin/stryker"), ["run"], { cwd: root, stdio: "inherit" });
    await once(stryker, "exit");
  }
  const result = join(root, ".cache/stryker/mutation.json");
  if (!existsSync(result))
    throw new InputError(`${result} doesn't exist: run npm run test:mutation, which writes it.`);
  const { score, page, unexplained, stale } = mutationReport(
    JSON.parse(readFileSync(result, "utf8")),
    explainedSurvivors,
  );
  writeFileSync(join(root, "docs/mutation-testing.md"), page);
  for (const survivor of unexplained) say(`not explained: ${survivor}`);
  for (const entry of stale) say(`explained, but not a survivor: ${entry}`);
  say(`score ${score.toFixed(1)} % (at least ${leastScore}), ${unexplained.length} survivors unexplained`);
  return score >= leastScore && unexplained.length + stale.length === 0 ? 0 : 1;
}
