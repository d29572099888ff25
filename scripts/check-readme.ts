import { readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "./cli/input-error.ts";
import { runScript } from "./cli/run-script.ts";
import { projectRoot } from "./project-root.ts";
import { commandsOf } from "./readme/commands-of.ts";
import { runCommand } from "./readme/run-command.ts";

/**
 * `npm run check:readme`: runs every command of the README's `sh` blocks, in order. A server is started, asked and
 * stopped with Ctrl-C; the two commands that begin with `npm ci` are the first steps of .ci/run itself. Exit 0 when
 * each did what the README says, 1 when one did not.
 */
await runScript(async () => {
  const commands = commandsOf(readFileSync(join(projectRoot, "README.md"), "utf8"));
  if (commands.length === 0)
    throw new InputError("README.md: no command in any ```sh block; there is nothing to check.");
  let failed = 0;
  for (const command of commands) {
    const started = Date.now();
    const problem = await runCommand(command);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(
      `${problem === undefined ? "ok" : "FAILED"} ${seconds} s  README.md:${command.line}  ${command.text}`,
    );
    if (problem === undefined) continue;
    failed += 1;
    console.error(problem);
  }
  console.log(`${commands.length - failed} of ${commands.length} commands of the README work`);
  return failed === 0 ? 0 : 1;
});
