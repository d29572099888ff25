import { parseArgs } from "node:util";
import { checkHostile } from "./check-hostile/check-hostile.ts";
import { runScript } from "./cli/run-script.ts";
import { projectRoot } from "./project-root.ts";

/**
 * `npm run check:hostile`: attacks every surface, and holds docs/security.md to what was held; `--write` writes that page
 * anew. Exit 0 when all holds, 1 when something doesn't, 2 when the attacks couldn't be run.
 */
await runScript(async () => {
  const { values } = parseArgs({ options: { write: { type: "boolean", default: false } } });
  return checkHostile(projectRoot, values);
});
