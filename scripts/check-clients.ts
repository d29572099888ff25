import { parseArgs } from "node:util";
import { checkClients } from "./check-clients/check-clients.ts";
import { runScript } from "./cli/run-script.ts";
import { projectRoot } from "./project-root.ts";

const help = `Judges programs in several languages as clients of the contract.

Usage: npm run check:clients -- [--write]

  --write   write the findings on other people's programs to docs/judged-clients.md (default: compare with it)
  --help    print this and stop

Exit codes: 0 clean clients aren't blamed, planted faults are noticed and the page is right, 1 not so, 2 could not run.`;

/** `npm run check:clients` */
await runScript(async () => {
  const { values } = parseArgs({ options: { write: { type: "boolean" }, help: { type: "boolean" } } });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const counts = { passed: 0, failed: 0, "not run": 0 };
  const marks = { passed: "ok    ", failed: "FAILED", "not run": "–     " };
  await checkClients(projectRoot, values.write === true, (outcome, line) => {
    counts[outcome] += 1;
    console.log(`${marks[outcome]} ${line}`);
  });
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts["not run"]} not run`);
  return counts.failed === 0 && counts.passed > 0 ? 0 : 1;
});
