import { operations } from "../../generated/operations.ts";
import { keyVariable } from "../../generated/provider.ts";
import type { Operation } from "../../src/calls/operation.ts";
import type { CommandExtension } from "../harness/cli/command-extension.ts";
import { clientCalls } from "./client-calls.ts";
import { ownContractFile } from "./own-contract.ts";

const rows: readonly Operation[] = Object.values(operations);

/** The headers in which the key stands as it is. */
const keyHeaders = new Set(
  rows.flatMap(({ credential, keyIn }) => {
    const [name, prefix] = credential ?? [];
    return name && !prefix && !keyIn ? [name.toLowerCase()] : [];
  }),
);

/** What this project adds to the command of the harness: its contract, its client and its key. */
export const conformanceExtension: CommandExtension = {
  usage: "npm run conformance --",
  spec: ownContractFile,
  environmentHeaders: [...keyHeaders].map((header) => ({ variable: keyVariable, header })),
  client: clientCalls,
};
