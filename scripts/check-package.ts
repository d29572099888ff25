import { checkPackage } from "./check-package/check-package.ts";
import { runScript } from "./cli/run-script.ts";
import { projectRoot } from "./project-root.ts";

/** `npm run check:package`: exit 0 when the packed package installs, loads and works everywhere, 1 when it doesn't. */
await runScript(async () => {
  const counts = { passed: 0, failed: 0 };
  await checkPackage(projectRoot, (isPassed, line) => {
    counts[isPassed ? "passed" : "failed"] += 1;
    console.log(`${isPassed ? "ok    " : "FAILED"} ${line}`);
  });
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed === 0 && counts.passed > 0 ? 0 : 1;
});
