import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./check-package/run.ts";
import { InputError } from "./cli/input-error.ts";
import { runScript } from "./cli/run-script.ts";
import { projectRoot } from "./project-root.ts";
import { lineNotPrinted, shownOutput } from "./readme/capture.ts";
import { commandBlocks } from "./readme/command-blocks.ts";
import { runBlock } from "./readme/run-block.ts";

/**
 * `npm run check:readme`: runs every command of the README's `sh` blocks, in order; a server stays up until its block
 * ends. What the README shows of a run must be what it prints. The commands that begin with `npm ci` are the first steps of .ci/run itself. Exit 0 when each did what the
 * README says, 1 when one did not.
 */
await runScript(async () => {
  const readme = readFileSync(join(projectRoot, "README.md"), "utf8");
  const blocks = commandBlocks(readme);
  const total = blocks.flat().length;
  if (total === 0)
    throw new InputError("README.md: no command in any ```sh block; there is nothing to check.");
  let failed = 0;
  for (const block of blocks)
    for await (const { command, problem, seconds } of runBlock(block)) {
      const verdict = problem === undefined ? "ok" : "FAILED";
      console.log(`${verdict} ${seconds.toFixed(1)} s  README.md:${command.line}  ${command.text}`);
      if (problem === undefined) continue;
      failed += 1;
      console.error(problem);
    }
  const shown = shownOutput(readme);
  if (shown === undefined)
    throw new InputError("README.md: no ```text block shows what the conformance run prints.");
  const { output } = await run("npm", ["run", "--silent", "conformance"], projectRoot);
  const missing = lineNotPrinted(shown, output);
  if (missing !== undefined) {
    failed += 1;
    console.error(
      `README.md shows "${missing}", which "npm run conformance" doesn't print; show what it prints:\n${output}`,
    );
  }
  console.log(`${total - failed} of ${total} commands of the README work`);
  return failed === 0 ? 0 : 1;
});
