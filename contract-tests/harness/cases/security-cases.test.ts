import { expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { PathTable } from "../contract/match-operation.ts";
import type { HeaderLine } from "../http/message.ts";
import { Oracle } from "../schema/oracle.ts";
import { operationCases } from "./operation-cases.ts";

function casesOf(security: readonly object[], headers: readonly HeaderLine[] = []) {
  const document = {
    openapi: "3.1.0",
    paths: { "/a": { get: { security, responses: { "200": { description: "" } } } } },
    components: {
      securitySchemes: {
        key: { type: "apiKey", in: "header", name: "X-Key" },
        bearer: { type: "http", scheme: "bearer" },
        sid: { type: "apiKey", in: "cookie", name: "sid" },
      },
    },
  };
  const contract = readContract(new TextEncoder().encode(JSON.stringify(document)), "a.json");
  const options = { headers, phases: new Set(["coverage" as const]) };
  const [operation] = contract.operations;
  if (!operation) throw new Error("no operation");
  return operationCases(contract, new Oracle(contract), new PathTable(["/a"]), operation, options).cases;
}
const names = (security: readonly object[]) =>
  casesOf(security)
    .filter(({ deviation }) => deviation?.in === "security")
    .map(({ id }) => id.replace(/.* › /, ""));
const headersOf = (cases: ReturnType<typeof casesOf>, what: string) =>
  cases
    .find(({ id }) => id.endsWith(what))
    ?.request.headers.filter(([name]) => !/^(accept|user-agent)$/i.test(name));

it("leaves out each of the schemes that go together", () => {
  const each = [
    "no credential 1 of 2",
    "wrong credential 1 of 2",
    "no credential 2 of 2",
    "wrong credential 2 of 2",
  ];
  expect(names([{ key: [], bearer: [] }])).toEqual(["no credential", "wrong credential", ...each]);
  const [first] = casesOf([{ key: [], bearer: [] }]).filter(({ id }) => id.endsWith("no credential 1 of 2"));
  expect(first?.request.headers.map(([name]) => name.toLowerCase())).not.toContain("x-key");
});

it("knows when those that are left are enough by themselves", () => {
  expect(names([{ key: [], bearer: [] }, { bearer: [] }])).not.toContain("no credential 1 of 2");
});

it("sends the caller's cookie as the credential, in the one Cookie header", () => {
  const cases = casesOf([{ sid: [] }], [["Cookie", "sid=mine; other=1"]]);
  expect(headersOf(cases, "› valid")).toEqual([["cookie", "sid=mine; other=1"]]);
  expect(headersOf(cases, "no credential")).toEqual([["cookie", "other=1"]]);
  expect(headersOf(cases, "wrong credential")?.[0]?.[1]).toMatch(/^sid=contract-tests-wrong.*; other=1$/);
});

const both = [{ key: [] }, { bearer: [] }];
const given: readonly HeaderLine[] = [
  ["X-Key", "mine"],
  ["Authorization", "Bearer mine"],
];

it("sends exactly one alternative: the caller's own where there is one", () => {
  expect(headersOf(casesOf(both), "› valid")?.map(([name]) => name)).toEqual(["X-Key"]);
  expect(headersOf(casesOf(both, given.slice(1)), "› valid")).toEqual([["Authorization", "Bearer mine"]]);
  expect(headersOf(casesOf(both, given), "› valid")).toEqual([["X-Key", "mine"]]);
  expect(headersOf(casesOf([{ key: [], bearer: [] }, { sid: [] }], given), "› valid")).toEqual(given);
});

it("sends none of the alternatives without a credential, and no right one with a wrong one", () => {
  expect(headersOf(casesOf(both, given), "no credential")).toEqual([]);
  expect(headersOf(casesOf(both, given), "wrong credential")?.map(([name]) => name)).toEqual(["X-Key"]);
});

it("doesn't take a basic credential for a token", () => {
  const basic: readonly HeaderLine[] = [["Authorization", "Basic bWU6bWU="]];
  const names = headersOf(casesOf(both, basic), "› valid")?.map(([name]) => name);
  expect(names).toEqual(["Authorization", "X-Key"]);
});
