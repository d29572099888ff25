import { messageOf } from "../http/message-of.ts";
import { UserError } from "../http/user-error.ts";
import { harmless } from "../reports/console-output.ts";
import { endPrismAhead } from "../targets/prism-thread.ts";
import type { CommandExtension } from "./command-extension.ts";
import { loadAhead } from "./load-ahead.ts";

/**
 * Runs the command in this process and sets its exit code: what `conformance` returns, or 2 with one sentence on stderr
 * if the run couldn't be carried out. The first SIGINT or SIGTERM ends the run with what is known, a second one at once.
 */
export async function runCommand(args: readonly string[], extension?: CommandExtension): Promise<void> {
  // The reader of the output may stop early, as `head` does: that isn't a failure of the command.
  process.stdout.off("error", leaveEarly).on("error", leaveEarly);
  const stop = new AbortController();
  const interrupt = () => (stop.signal.aborted ? process.exit(130) : stop.abort());
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  // A promise that nobody awaits, or that never settles, escapes every other guard: it ends the command as well.
  process.off("uncaughtException", giveUp).on("uncaughtException", giveUp).on("beforeExit", giveUpWaiting);
  try {
    loadAhead(args);
    const surroundings = { stdout: process.stdout, env: process.env, signal: stop.signal };
    const { conformance } = await import("./conformance.ts");
    process.exitCode = await conformance(args, surroundings, extension);
  } catch (error) {
    fail(error);
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    process.off("beforeExit", giveUpWaiting);
    try {
      await endPrismAhead();
    } catch (error) {
      fail(error);
    }
  }
}

function fail(error: unknown): void {
  process.exitCode = 2;
  complain(error);
}

function leaveEarly(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

function complain(error: unknown): void {
  let told: string;
  try {
    told = harmless(sentence(error));
  } catch {
    told = "unexpected failure that can't be described";
  }
  process.stderr.write(`error: ${told}\n`);
}

function giveUp(error: unknown): never {
  complain(error);
  process.exit(2);
}

function giveUpWaiting(): never {
  giveUp(new Error("the run is waiting for something that will never happen"));
}

function sentence(error: unknown): string {
  if (error instanceof UserError) return error.message;
  if (error instanceof Error && process.env["DEBUG"]) return error.stack ?? error.message;
  return `unexpected failure: ${messageOf(error)} (please report it, with the stack trace that DEBUG=1 prints)`;
}
