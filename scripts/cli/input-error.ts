import { printable } from "./printable.ts";

/**
 * Something the user gave can't be used. `message` is one sentence that says what, where and how to mend it; a
 * script prints it without a stack trace and exits with 2.
 */
export class InputError extends Error {
  override readonly name = "InputError";

  constructor(message: string) {
    super(printable(message));
  }
}
