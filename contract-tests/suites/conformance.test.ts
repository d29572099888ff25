import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readContract } from "../harness/contract/load-contract.ts";
import { describeConformance } from "../harness/vitest/describe-conformance.ts";
import { clientCalls } from "./client-calls.ts";
import { ownContractFile } from "./own-contract.ts";

describeConformance({ spec: ownContractFile, client: clientCalls });

it("the client is called for every operation of the contract", () => {
  const contract = readContract(readFileSync(ownContractFile), ownContractFile);
  expect(new Set(clientCalls(contract).map(({ operation }) => operation))).toEqual(
    new Set(contract.operations.map(({ id }) => id)),
  );
});
