/** The contract can't be used: its message is one sentence for the person who runs the tool. */
export class ContractError extends Error {
  override readonly name = "ContractError";
}
