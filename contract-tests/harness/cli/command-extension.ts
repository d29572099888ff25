import type { Contract } from "../contract/contract.ts";
import type { ClientCall } from "../run/client-call.ts";

/** What a project adds to the command when it wraps it in one of its own. */
export interface CommandExtension {
  /** How the command is called, for its help. Default `openapi-conformance`. */
  readonly usage?: string;
  /** The contract when no `--spec` is given. Default: `--spec` is needed. */
  readonly spec?: string;
  /** Variables of the environment whose values are sent as headers, where the contract knows the header. */
  readonly environmentHeaders?: readonly EnvironmentHeader[];
  /** Calls of the project's client, judged against the mock of its own contract. */
  readonly client?: (contract: Contract) => readonly ClientCall[];
}

export interface EnvironmentHeader {
  readonly variable: string;
  readonly header: string;
}
