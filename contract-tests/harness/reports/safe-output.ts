import { messageOf } from "../http/message-of.ts";
import { UserError } from "../http/user-error.ts";
import { createRedactor, type Redactor } from "../redaction/redact.ts";
import { type OutputStream, withoutCommands } from "./console-output.ts";

/**
 * What everything that a command writes goes through, whether to the terminal, to a file or as an error: no secret that it
 * was told of stays in it, and nothing that a CI service obeys. It fails closed: what it can't look through isn't written.
 */
export class SafeOutput {
  readonly stdout: OutputStream;
  #redactors: readonly Redactor[];

  constructor(stdout: OutputStream) {
    this.#redactors = [createRedactor([])];
    this.stdout = {
      write: (text: string) => stdout.write(withoutCommands(this.hide(text))),
      ...(stdout.isTTY === undefined ? {} : { isTTY: stdout.isTTY }),
      ...(stdout.columns === undefined ? {} : { columns: stdout.columns }),
    };
  }

  /** Makes values secret from now on. */
  learn(secrets: readonly string[]): void {
    for (const redactor of this.#redactors) for (const secret of secrets) redactor.learn(secret);
  }

  /** Has `redactor` looked through everything as well: it knows what the run meets. */
  use(redactor: Redactor): void {
    this.#redactors = [...this.#redactors, redactor];
  }

  /** A text that was made of redacted parts, without what got there all the same. */
  readonly hide = (text: string): string =>
    this.#redactors.reduce((hidden, redactor) => redactor.hide(hidden), text);

  /** An error as it may be told. */
  told(error: unknown): Error {
    const message = messageOf(error);
    const shown = this.#redactors.reduce((hidden, redactor) => redactor.text(hidden), message);
    if (error instanceof Error && shown === message && this.hide(error.stack ?? "") === (error.stack ?? ""))
      return error;
    return error instanceof UserError ? new UserError(shown) : new Error(shown);
  }
}
