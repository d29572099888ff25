import type { Contract } from "../contract/contract.ts";
import type { ClientCall } from "../run/client-call.ts";

/** What a project adds to the command when it wraps it in its own. */
export interface CommandExtension {
  /** The command's name in its help. Default `openapi-conformance`. */
  readonly usage?: string;
  /** The contract if no `--spec` is given. Default: `--spec` is required. */
  readonly spec?: string;
  /** Environment variables whose values are sent as headers, where the contract documents the header. */
  readonly environmentHeaders?: readonly EnvironmentHeader[];
  /** Calls of the project's client, judged against the mock of its own contract. */
  readonly client?: (contract: Contract) => readonly ClientCall[];
}

export interface EnvironmentHeader {
  readonly variable: string;
  readonly header: string;
}
