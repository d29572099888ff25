import { fileURLToPath } from "node:url";
import { faultScoreCommand } from "../contract-tests/self-test/fault-score-command.ts";

process.exitCode = await faultScoreCommand(
  process.argv.slice(2),
  fileURLToPath(new URL("..", import.meta.url)),
  {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    isTerminal: process.stderr.isTTY === true,
  },
);
