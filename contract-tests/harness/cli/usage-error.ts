import { UserError } from "../http/user-error.ts";

/** The command was called in a way that can't work; `message` is one sentence with the fix. */
export class UsageError extends UserError {
  override readonly name = "UsageError";
}
