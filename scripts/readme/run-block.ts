import type { ReadmeCommand } from "./command-blocks.ts";
import { type RunningCommand, startCommand } from "./running-command.ts";

export interface CommandResult {
  readonly command: ReadmeCommand;
  /** Undefined when the command did what it should, else its output with what was wrong. */
  readonly problem: string | undefined;
  readonly seconds: number;
}

/** Runs a block's commands one after another, as its reader would; its servers stay up until the end. */
export async function* runBlock(block: readonly ReadmeCommand[]): AsyncGenerator<CommandResult> {
  const servers: { command: ReadmeCommand; running: RunningCommand }[] = [];
  try {
    for (const command of block) {
      const started = performance.now();
      const running = startCommand(command);
      const problem = command.kind === "serves" ? await running.answers() : undefined;
      if (command.kind === "serves" && problem === undefined) {
        servers.push({ command, running });
        continue;
      }
      yield {
        command,
        problem: problem ?? (await running.finishes()),
        seconds: (performance.now() - started) / 1000,
      };
    }
  } finally {
    for (const { running } of servers) running.interrupt();
  }
  for (const { command, running } of servers)
    yield { command, problem: await running.finishes(), seconds: 0 };
}
