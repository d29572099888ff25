import { parseArgs } from "node:util";
import { benchClient } from "./bench-client/bench-client.ts";
import { runScript } from "./cli/run-script.ts";
import { projectRoot } from "./project-root.ts";

/** `npm run bench:client`: measures the client beside its alternatives and writes docs/benchmarks.md. */
await runScript(async () => {
  const { values } = parseArgs({ options: { rounds: { type: "string", default: "7" } } });
  await benchClient(projectRoot, Number(values.rounds), (line) => console.log(line));
  return 0;
});
