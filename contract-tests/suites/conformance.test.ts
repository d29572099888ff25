import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Contract } from "../harness/contract/contract.ts";
import { readContract } from "../harness/contract/load-contract.ts";
import { chooseOperations } from "../harness/run/choose-operations.ts";
import type { ClientCall } from "../harness/run/client-call.ts";
import { describeConformance } from "../harness/vitest/describe-conformance.ts";
import { clientCalls } from "./client-calls.ts";
import { ownContractFile, tokenOperationId } from "./own-contract.ts";

describeConformance({ spec: ownContractFile, only: [tokenOperationId], client: tokenCalls });

it("the client is called for the operation of these tests, whatever else is imported", () => {
  const contract = readContract(readFileSync(ownContractFile), ownContractFile);
  const called = new Set(tokenCalls(contract).map(({ operation }) => operation));
  expect([...called]).toEqual(tokenOperations(contract));
});

function tokenCalls(contract: Contract): ClientCall[] {
  const ids = tokenOperations(contract);
  return clientCalls(contract).filter(({ operation }) => ids.includes(operation));
}

function tokenOperations(contract: Contract): string[] {
  return chooseOperations(contract, { only: [tokenOperationId] }).operations.map(({ id }) => id);
}
