import { parseArgs } from "node:util";
import { checkForeignContracts } from "./check-foreign-contracts/check-foreign-contracts.ts";
import { runScript } from "./cli/run-script.ts";
import { projectRoot } from "./project-root.ts";

/**
 * `npm run check:foreign-contracts`: exit 0 when every document is read and every finding explained, 1 when not.
 * `--only NAME` keeps to documents with NAME in their name, and writes no page.
 */
await runScript(async () => {
  const { values } = parseArgs({ options: { only: { type: "string" } } });
  const { unexplained, crashed } = await checkForeignContracts(projectRoot, values.only, (line) =>
    console.log(line),
  );
  console.log(`${unexplained} findings without explanation, ${crashed} documents that the harness failed on`);
  return unexplained + crashed === 0 ? 0 : 1;
});
