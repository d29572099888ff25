import { checkHarness } from "./check-harness/check-harness.ts";
import { runScript } from "./cli/run-script.ts";
import { projectRoot } from "./project-root.ts";

/** `npm run check:harness`: exit 0 when the packed harness installs and judges as its README says, 1 when it doesn't. */
await runScript(async () => {
  const counts = { passed: 0, failed: 0 };
  await checkHarness(projectRoot, (isPassed, line) => {
    counts[isPassed ? "passed" : "failed"] += 1;
    console.log(`${isPassed ? "ok    " : "FAILED"} ${line}`);
  });
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed === 0 && counts.passed > 0 ? 0 : 1;
});
