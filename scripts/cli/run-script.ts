import { InputError } from "./input-error.ts";

/**
 * Runs a script's main function and turns its outcome into an exit code (see docs/decisions/001-exit-codes.md):
 * the returned number, or 2 with one sentence on stderr when the input can't be used.
 *
 * @param main resolves to 0 (conforms, done) or 1 (does not conform)
 */
export async function runScript(main: () => Promise<number>): Promise<void> {
  // Whoever reads the output may stop early, as `head` does: no failure of the script.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  try {
    process.exitCode = await main();
  } catch (error) {
    process.exitCode = 2;
    process.stderr.write(`${sentence(error)}\n`);
  }
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
