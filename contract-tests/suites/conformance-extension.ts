import { keyVariable } from "../../generated/provider.ts";
import type { CommandExtension } from "../harness/cli/command-extension.ts";
import { clientCalls } from "./client-calls.ts";
import { ownContractFile } from "./own-contract.ts";

/** What this project adds to the command of the harness: its contract, its client and its key. */
export const conformanceExtension: CommandExtension = {
  usage: "npm run conformance --",
  spec: ownContractFile,
  environmentHeaders: [{ variable: keyVariable, header: "xi-api-key" }],
  client: clientCalls,
};
