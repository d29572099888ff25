import { UserError } from "../http/user-error.ts";

/** The contract can't be used: its message is one sentence for the person who runs the tool. */
export class ContractError extends UserError {
  override readonly name = "ContractError";
}
