import { expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { PathTable } from "../contract/match-operation.ts";
import { Oracle } from "../schema/oracle.ts";
import { operationCases } from "./operation-cases.ts";

const filter = { type: "object", properties: { colour: { type: "string" } } };

function casesOf(openapi: string, operation: object) {
  const document = { openapi, paths: { "/things": { post: { ...operation, responses: {} } } } };
  const contract = readContract(new TextEncoder().encode(JSON.stringify(document)), "a.json");
  const [only] = contract.operations;
  if (!only) throw new Error("no operation");
  const options = { headers: [], phases: new Set(["coverage"] as const) };
  return operationCases(contract, new Oracle(contract), new PathTable(["/things"]), only, options);
}

it("doesn't take a text for a wrong object where the object's own name never travels", () => {
  const parameter = { name: "filter", in: "query", schema: filter };
  const kinds = (more: object) =>
    casesOf("3.0.3", { parameters: [{ ...parameter, ...more }] }).cases.map(({ id }) => id.split("› ")[1]);
  expect(kinds({ explode: true })).not.toContain("filter string instead of object");
  expect(kinds({ explode: false })).toContain("filter string instead of object");
  expect(kinds({ explode: true, schema: { ...filter, additionalProperties: false } })).toContain(
    "filter string instead of object",
  );
});

it("reports that styled parts aren't judged in 3.1, and ignores the style in 3.0", () => {
  const content = { "multipart/form-data": { schema: filter, encoding: { colour: { style: "form" } } } };
  const notJudged = (openapi: string) =>
    casesOf(openapi, { requestBody: { content } }).notJudged.map(({ pointer }) => pointer);
  const pointer = "/paths/~1things/post/requestBody/content/multipart~1form-data";
  expect(notJudged("3.1.0")).toContain(pointer);
  expect(notJudged("3.0.3")).not.toContain(pointer);
});
