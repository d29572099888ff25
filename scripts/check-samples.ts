import { parseArgs } from "node:util";
import { checkSamples } from "./check-samples/check-samples.ts";
import { runScript } from "./cli/run-script.ts";
import { projectRoot } from "./project-root.ts";

const help = `Sends the requests of the page's samples to the mock and the simulator, and runs the samples whose toolchains are installed.

Usage: npm run check:samples -- [--install]

  --install   install missing toolchains with Debian's apt-get
  --help      print this help

Exit codes: 0 every sample gets a token, 1 at least one doesn't, 2 couldn't run.`;

/** `npm run check:samples` */
await runScript(async () => {
  const { values } = parseArgs({ options: { install: { type: "boolean" }, help: { type: "boolean" } } });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const counts = { passed: 0, failed: 0, "not run": 0 };
  const marks = { passed: "ok    ", failed: "FAILED", "not run": "–     " };
  await checkSamples(projectRoot, values.install === true, (outcome, line) => {
    counts[outcome] += 1;
    console.log(`${marks[outcome]} ${line}`);
  });
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts["not run"]} not run`);
  return counts.failed === 0 && counts.passed > 0 ? 0 : 1;
});
