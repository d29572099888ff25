import { UserError } from "../http/user-error.ts";

/** A target that can't be opened: one sentence with what is wrong and the way out. */
export class TargetError extends UserError {
  override readonly name = "TargetError";
}
