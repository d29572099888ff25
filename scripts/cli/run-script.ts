import { printable, withoutCommands } from "../../contract-tests/harness/reports/console-output.ts";
import { SafeOutput } from "../../contract-tests/harness/reports/safe-output.ts";
import { InputError } from "./input-error.ts";

/**
 * Runs a script's main function and turns its outcome into an exit code (see docs/decisions/001-exit-codes.md):
 * the returned number, or 2 with one sentence on stderr when the input can't be used. Whatever it writes goes through the
 * harness's output function: no secret of the environment, none that `main` has it learn, and no command to a CI service.
 *
 * @param main resolves to 0 (conforms, done) or 1 (does not conform)
 */
export async function runScript(main: (output: SafeOutput) => Promise<number>): Promise<void> {
  // Whoever reads the output may stop early, as `head` does: no failure of the script.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  const output = new SafeOutput(process.stdout);
  output.learn(secretsOf(process.env));
  const restore = [process.stdout, process.stderr].map((stream) => guarded(stream, output));
  try {
    process.exitCode = await main(output);
  } catch (error) {
    process.exitCode = 2;
    process.stderr.write(`${printable(sentence(error))}\n`);
  } finally {
    for (const undo of restore) undo();
  }
}

/** Has all text of a stream looked through, however it gets there; returns what undoes that. */
function guarded(stream: NodeJS.WriteStream, output: SafeOutput): () => void {
  const { write } = stream;
  const whole = write.bind(stream) as (chunk: unknown, ...rest: unknown[]) => boolean; // its overloads, as one
  stream.write = (chunk: unknown, ...rest: unknown[]) =>
    whole(typeof chunk === "string" ? withoutCommands(output.hide(chunk)) : chunk, ...rest);
  return () => {
    stream.write = write;
  };
}

/** Shorter values of the environment aren't secrets but words. */
const shortestSecret = 8;

function secretsOf(env: NodeJS.ProcessEnv): string[] {
  return Object.entries(env).flatMap(([name, value = ""]) =>
    /(KEY|TOKEN|SECRET|PASSWORD)$/i.test(name) && value.length >= shortestSecret ? [value] : [],
  );
}

function sentence(error: unknown): string {
  if (error instanceof InputError || isArgumentError(error)) return `error: ${error.message}`;
  const message =
    error instanceof Error ? (process.env["DEBUG"] ? error.stack : error.message) : String(error);
  return `error: unexpected failure: ${message} (please report it, with the stack trace that DEBUG=1 prints)`;
}

/** node:util parseArgs throws TypeErrors with codes ERR_PARSE_ARGS_*. */
function isArgumentError(error: unknown): error is Error {
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    error.code.startsWith("ERR_PARSE_ARGS")
  );
}
