import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./check-package/run.ts";
import { InputError } from "./cli/input-error.ts";
import { runScript } from "./cli/run-script.ts";
import { projectRoot } from "./project-root.ts";
import { lineNotPrinted, shownOutput } from "./readme/capture.ts";
import { commandBlocks } from "./readme/command-blocks.ts";
import { runBlock } from "./readme/run-block.ts";

/** The pages whose commands a reader types in a clone. */
const pages = ["README.md", "docs/reports.md"];

/**
 * `npm run check:readme`: runs every command of the `sh` blocks of the README and of the pages beside it, in order; a server
 * stays up until its block ends. What the README shows of a run must be what it prints. The commands that begin with
 * `npm ci` are the first steps of .ci/run itself. Exit 0 when each did what the page says, 1 when one did not.
 */
await runScript(async () => {
  let total = 0;
  let failed = 0;
  const fail = (problem: string) => {
    failed += 1;
    console.error(problem);
  };
  for (const page of pages) {
    const blocks = commandBlocks(readFileSync(join(projectRoot, page), "utf8"));
    if (blocks.flat().length === 0)
      throw new InputError(`${page}: no command in any \`\`\`sh block; there is nothing to check.`);
    total += blocks.flat().length;
    for (const block of blocks)
      for await (const { command, problem, seconds } of runBlock(block)) {
        const verdict = problem === undefined ? "ok" : "FAILED";
        console.log(`${verdict} ${seconds.toFixed(1)} s  ${page}:${command.line}  ${command.text}`);
        if (problem !== undefined) fail(problem);
      }
  }
  const problem = await shownWrongly();
  if (problem !== undefined) fail(problem);
  console.log(`${total - failed} of ${total} commands work`);
  return failed === 0 ? 0 : 1;
});

/** What the README shows of a conformance run, and the run doesn't print. */
async function shownWrongly(): Promise<string | undefined> {
  const shown = shownOutput(readFileSync(join(projectRoot, "README.md"), "utf8"));
  if (shown === undefined)
    throw new InputError("README.md: no ```text block shows what the conformance run prints.");
  const { output } = await run("npm", ["run", "--silent", "conformance"], projectRoot);
  const missing = lineNotPrinted(shown, output);
  return missing === undefined
    ? undefined
    : `README.md shows "${missing}", which "npm run conformance" doesn't print; show what it prints:\n${output}`;
}
