import { buildPackage } from "./build/build-package.ts";
import { nextTypes } from "./check-examples/next-types.ts";
import { workerAnswers } from "./check-examples/worker-answers.ts";
import { workerTypes } from "./check-examples/worker-types.ts";
import { runScript } from "./cli/run-script.ts";
import { projectRoot } from "./project-root.ts";

/**
 * `npm run check:examples`: the examples that need more than this project installs. Workers is type-checked and run on
 * workerd, Next.js type-checked; what they need is installed into .cache/ the first time. Exit 0 when all is well.
 */
await runScript(async () => {
  let failed = 0;
  const say = (title: string, problem: string) => {
    if (problem !== "") failed += 1;
    console.log(`${problem === "" ? "ok    " : "FAILED"} ${title}${problem === "" ? "" : `:\n${problem}`}`);
  };
  say("the Workers example runs on workerd", (await workerAnswers(projectRoot)).join("\n"));
  await buildPackage(projectRoot);
  const workers = await workerTypes(projectRoot);
  say("the Workers example type-checks for Workers", workers.exitCode === 0 ? "" : workers.output);
  const next = await nextTypes(projectRoot);
  say("the Next.js example type-checks for Next.js", next.exitCode === 0 ? "" : next.output);
  console.log(`${3 - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});
