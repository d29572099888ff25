import { buildHarness } from "./build/build-harness.ts";
import { runScript } from "./cli/run-script.ts";
import { projectRoot } from "./project-root.ts";

/** `npm run build:harness`: compiles the package `openapi-conformance` to contract-tests/harness/dist. */
await runScript(async () => {
  console.log(`contract-tests/harness/dist: ${buildHarness(projectRoot)} files`);
  return 0;
});
