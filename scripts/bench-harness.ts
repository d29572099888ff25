import { benchHarness } from "./bench-harness/bench-harness.ts";
import { runScript } from "./cli/run-script.ts";
import { projectRoot } from "./project-root.ts";

/**
 * `npm run bench:harness`: how long the conformance command takes, as it is started by hand, and docs/harness-speed.md
 * from the figures. Exit 1 when one is over its limit, or shards don't add up to the whole.
 */
await runScript(() => benchHarness(projectRoot, (line) => console.log(line)));
