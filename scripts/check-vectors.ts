import { parseArgs } from "node:util";
import { checkVectors } from "./check-vectors/check-vectors.ts";
import { runScript } from "./cli/run-script.ts";
import { projectRoot } from "./project-root.ts";

/**
 * `npm run check:vectors -- DIR`: judges this project by the test suites that others keep, DIR holding a folder for each,
 * and writes docs/vectors.md. Exit 0 when every vector comes out right, 1 when not, 2 when a suite can't be read.
 */
await runScript(async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  return (await checkVectors(projectRoot, positionals, (line) => console.log(line))) ? 0 : 1;
});
