import { readFileSync } from "node:fs";
import { runCommand } from "../../harness/cli/run-command.ts";

/**
 * Runs the command as often as its parent asks, in one process: most of what an attack costs would be starting. What the
 * command ends of itself, the parent sees end.
 */
export interface Turn {
  readonly exitCode: unknown;
  readonly output: string;
  /** Of the processor. */
  readonly seconds: number;
  /** The most that this process has had so far. */
  readonly mebibytes: number;
  readonly mebibytesNow: number;
}

let output = "";
for (const stream of [process.stdout, process.stderr]) {
  const write = stream.write.bind(stream);
  stream.write = (text: string | Uint8Array) => {
    output += String(text);
    return write(text); // for the parent, should this process end
  };
}

process.on("message", async (args: readonly string[]) => {
  output = "";
  process.exitCode = undefined;
  const start = process.cpuUsage();
  await runCommand(args);
  const { user, system } = process.cpuUsage(start);
  const turn: Turn = {
    exitCode: process.exitCode,
    output,
    seconds: (user + system) / 1e6,
    mebibytes: process.resourceUsage().maxRSS / 1_024,
    mebibytesNow: Number(/VmRSS:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? 0) / 1_024,
  };
  process.exitCode = undefined;
  process.send?.(turn);
});
