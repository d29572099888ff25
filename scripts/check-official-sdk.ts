import { checkOfficialSdk } from "./check-official-sdk/check-official-sdk.ts";
import { runScript } from "./cli/run-script.ts";
import { projectRoot } from "./project-root.ts";

/** `npm run check:official-sdk`: exit 0 when the official SDK and ours fare alike on the mock, 1 when they don't. */
await runScript(async () => {
  const counts = { passed: 0, failed: 0 };
  await checkOfficialSdk(projectRoot, (isPassed, line) => {
    counts[isPassed ? "passed" : "failed"] += 1;
    console.log(`${isPassed ? "ok    " : "FAILED"} ${line}`);
  });
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed === 0 && counts.passed > 0 ? 0 : 1;
});
