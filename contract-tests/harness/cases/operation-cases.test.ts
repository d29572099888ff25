import { describe, expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { PathTable } from "../contract/match-operation.ts";
import { Oracle } from "../schema/oracle.ts";
import { judgeRequest } from "../wire/judge-request.ts";
import { operationCases } from "./operation-cases.ts";

const parameters = [
  { name: "id", in: "path", required: true, schema: { type: "integer", minimum: 1, maximum: 9 } },
  {
    name: "list",
    in: "query",
    schema: {
      type: "array",
      minItems: 1,
      maxItems: 3,
      uniqueItems: true,
      items: { type: "string", enum: ["a", "b", "c", "d"] },
    },
  },
  {
    name: "pipes",
    in: "query",
    style: "pipeDelimited",
    explode: false,
    schema: { type: "array", items: { type: "integer" } },
  },
  {
    name: "deep",
    in: "query",
    style: "deepObject",
    explode: true,
    schema: { type: "object", required: ["x"], properties: { x: { type: "string", maxLength: 3 } } },
  },
  { name: "X-Trace", in: "header", required: true, schema: { type: "string", format: "uuid" } },
  { name: "flavour", in: "cookie", schema: { type: "string", pattern: "^[a-z]{2,4}$" } },
];
const body = {
  type: "object",
  additionalProperties: false,
  required: ["name", "size"],
  properties: {
    id: { type: "string", readOnly: true },
    name: { type: "string", minLength: 2, maxLength: 5 },
    size: { type: "number", exclusiveMinimum: 0, multipleOf: 0.5 },
    note: { type: ["string", "null"] },
    kind: {
      oneOf: [
        { type: "string", const: "x" },
        { type: "integer", minimum: 3 },
      ],
    },
    self: { $ref: "#/components/schemas/Body" },
  },
};
const document = {
  openapi: "3.1.0",
  paths: {
    "/things/{id}": {
      put: {
        security: [{ key: [] }],
        parameters,
        requestBody: {
          required: true,
          content: { "application/json": { schema: { $ref: "#/components/schemas/Body" } } },
        },
        responses: { 200: { description: "ok" } },
      },
    },
    "/things/1": { get: { responses: {} } },
  },
  components: { schemas: { Body: body }, securitySchemes: { key: { type: "http", scheme: "bearer" } } },
};
const contract = readContract(new TextEncoder().encode(JSON.stringify(document)), "a.json");
const oracle = new Oracle(contract);
const paths = new PathTable(contract.operations.map(({ path }) => path));
const put = contract.operations.find(({ method }) => method === "PUT");
const made = () =>
  put
    ? operationCases(contract, oracle, paths, put, { headers: [], phases: new Set(["coverage", "examples"]) })
        .cases
    : [];
const cases = made();

describe("every case is what it says, by the judge that reads requests back", () => {
  it.each(
    cases.filter(({ expectation }) => expectation === "accepted").map((c) => [c.id, c.request] as const),
  )("%s is valid", (_, request) => {
    expect(judgeRequest(contract, oracle, paths, request)).toMatchObject({
      path: "/things/{id}",
      violations: [],
    });
  });

  it.each(
    cases
      .filter((c) => c.expectation === "rejected" && c.deviation?.name !== "wrong")
      .map((c) => [c.id, c] as const),
  )("%s breaks the contract there", (_, { request, deviation }) => {
    const judged = judgeRequest(contract, oracle, paths, request);
    expect(judged.violations.map((violation) => violation.in)).toContain(deviation?.in);
    expect(new Set(judged.violations.map((violation) => violation.in)).size).toBe(1);
  });
});

it("has both sides of the constraints of parameters and body", () => {
  const kinds = cases.map(({ id }) => id.slice(id.indexOf("›") + 2));
  for (const kind of [
    "id at maximum",
    "id above maximum",
    "id below minimum",
    "id string instead of integer",
    "list more than maxItems",
    "list a repeated item",
    "deep /x longer than maxLength",
    "X-Trace missing",
    "X-Trace not a uuid",
    "flavour not matching pattern",
    "body missing",
    "body isn't JSON",
    "body /name missing",
    "body /name at minLength",
    "body /name shorter than minLength",
    "body /size at exclusiveMinimum",
    "body /size not a multiple",
    "body /note null",
    "body /undocumentedProperty an extra property",
    "no credential",
    "wrong credential",
    "method GET isn't documented",
  ]) {
    expect(kinds).toContain(kind);
  }
});

it("makes the same requests each time, each of them once", () => {
  expect(made()).toEqual(cases);
  expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
});

it("sends no readOnly property", () => {
  const bodies = cases.flatMap(({ request, expectation }) =>
    request.body && expectation === "accepted" ? [new TextDecoder().decode(request.body)] : [],
  );
  expect(bodies.filter((text) => text.includes('"id"'))).toEqual([]);
});
