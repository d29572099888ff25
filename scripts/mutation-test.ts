import { runScript } from "./cli/run-script.ts";
import { mutationTest } from "./mutation-test/mutation-test.ts";
import { projectRoot } from "./project-root.ts";

/**
 * `npm run test:mutation`: Stryker over src/, and docs/mutation-testing.md from its figures. Exit 1 when the score is
 * under 90 % or a survivor has no explanation. `-- --report-only` writes the page from the last run.
 */
await runScript(() =>
  mutationTest(projectRoot, process.argv.includes("--report-only"), (line) => console.log(line)),
);
