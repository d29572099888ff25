import { UserError } from "../http/user-error.ts";

/** A HAR file that can't be used: one sentence with the place and the fix. */
export class HarError extends UserError {
  override readonly name = "HarError";
}
