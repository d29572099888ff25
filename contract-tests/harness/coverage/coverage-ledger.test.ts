import { expect, test } from "vitest";
import type { Exchange } from "../checks/finding.ts";
import { readContract } from "../contract/load-contract.ts";
import { PathTable } from "../contract/match-operation.ts";
import { Oracle } from "../schema/oracle.ts";
import { CoverageLedger } from "./coverage-ledger.ts";

const document = {
  openapi: "3.1.0",
  info: { title: "t", version: "1" },
  paths: {
    "/a": {
      get: {
        responses: {
          200: { description: "ok", headers: { "x-total": { schema: { type: "integer" } } } },
        },
      },
    },
  },
};
const contract = readContract(Buffer.from(JSON.stringify(document)), "a.json");

class FailingOracle extends Oracle {
  override accepts(): boolean {
    throw new Error("it is too deep");
  }
}

test.each([
  ["nothing of an answer that it has read", new Oracle(contract), []],
  [
    "why it leaves out an answer that can't be looked at",
    new FailingOracle(contract),
    [{ operation: "GET /a", reason: "an exchange isn't counted in the coverage: it is too deep" }],
  ],
])("tells %s", (_, oracle, told) => {
  const ledger = new CoverageLedger(contract, oracle, new PathTable(["/a"]), contract.operations);
  const exchange: Exchange = {
    case: {
      id: "GET /a › valid",
      operation: "GET /a",
      phase: "coverage",
      expectation: "accepted",
      request: { method: "GET", path: "/a", headers: [] },
    },
    response: { status: 200, headers: [["x-total", "1"]], body: new Uint8Array(), durationMs: 1 },
  };
  expect(ledger.see(exchange)).toEqual(told);
});
