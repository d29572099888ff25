import { readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "./cli/input-error.ts";
import { runScript } from "./cli/run-script.ts";
import { projectRoot } from "./project-root.ts";
import { commandBlocks } from "./readme/command-blocks.ts";
import { runBlock } from "./readme/run-block.ts";

/**
 * `npm run check:readme`: runs every command of the README's `sh` blocks, in order; a server stays up until its block
 * ends. The commands that begin with `npm ci` are the first steps of .ci/run itself. Exit 0 when each did what the
 * README says, 1 when one did not.
 */
await runScript(async () => {
  const blocks = commandBlocks(readFileSync(join(projectRoot, "README.md"), "utf8"));
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
  console.log(`${total - failed} of ${total} commands of the README work`);
  return failed === 0 ? 0 : 1;
});
