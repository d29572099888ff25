import { checkBrowserLibrary } from "./check-browser-library/check-browser-library.ts";
import { runScript } from "./cli/run-script.ts";
import { projectRoot } from "./project-root.ts";

/** `npm run check:browser-library`: exit 0 when the provider's own libraries get through every scene, 1 when one doesn't. */
await runScript(async () => {
  const counts = { passed: 0, failed: 0 };
  await checkBrowserLibrary(projectRoot, (isPassed, line) => {
    counts[isPassed ? "passed" : "failed"] += 1;
    console.log(`${isPassed ? "ok    " : "FAILED"} ${line}`);
  });
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed === 0 && counts.passed > 0 ? 0 : 1;
});
