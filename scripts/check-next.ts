import { checkNext } from "./check-next/check-next.ts";
import { runScript } from "./cli/run-script.ts";
import { projectRoot } from "./project-root.ts";

/** `npm run check:next`: exit 0 when each visitor of a Next.js 14 application gets a token of their own, 1 when not. */
await runScript(async () => {
  const counts = { passed: 0, failed: 0 };
  await checkNext(projectRoot, (isPassed, line) => {
    counts[isPassed ? "passed" : "failed"] += 1;
    console.log(`${isPassed ? "ok    " : "FAILED"} ${line}`);
  });
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed === 0 && counts.passed > 0 ? 0 : 1;
});
