import { describe, expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { Oracle } from "./oracle.ts";

function oracleFor(version: string, schema: object, more: object = {}): Oracle {
  const document = {
    openapi: version,
    paths: { "/a": { get: { responses: {} } } },
    components: { schemas: { it: schema, ...more } },
  };
  return new Oracle(readContract(new TextEncoder().encode(JSON.stringify(document)), "a.json"));
}
const at = "/components/schemas/it";

describe("3.0 schemas mean what OpenAPI 3.0 says", () => {
  it.each([
    ["nullable widens its type", { type: "string", nullable: true }, null, true],
    ["nullable without a type widens nothing", { nullable: true, enum: ["a"] }, null, false],
    ["an exclusive limit is a boolean", { type: "number", minimum: 1, exclusiveMinimum: true }, 1, false],
    ["an inclusive limit, too", { type: "number", minimum: 1, exclusiveMinimum: false }, 1, true],
    ["siblings of $ref are ignored", { $ref: "#/components/schemas/text", maxLength: 1 }, "long", true],
    ["const is no keyword yet", { const: 1 }, 2, true],
  ])("%s", (_, schema, value, valid) => {
    expect(oracleFor("3.0.3", schema, { text: { type: "string" } }).accepts(at, "response", value)).toBe(
      valid,
    );
  });
});

describe("3.1 schemas are JSON Schema 2020-12", () => {
  it.each([
    ["nullable is no keyword", { type: "string", nullable: true }, null, false],
    ["nullable without a type neither", { nullable: true }, null, true],
    ["tuples", { prefixItems: [{ type: "string" }], items: false }, ["a", 1], false],
    [
      "unevaluatedProperties",
      { allOf: [{ properties: { a: {} } }], unevaluatedProperties: false },
      { b: 1 },
      false,
    ],
    ["siblings of $ref", { $ref: "#/components/schemas/text", maxLength: 1 }, "long", false],
    [
      "cycles",
      { properties: { next: { $ref: at.replace("/", "#/") } }, required: ["id"] },
      { id: 1, next: { next: 1 } },
      false,
    ],
    ["formats", { type: "string", format: "uuid" }, "no", false],
    ["anchors", { $ref: "#word" }, 1, false],
    ["patterns that only older flavours allow", { pattern: "^\\-\\w+$" }, "-a", true],
  ])("%s", (_, schema, value, valid) => {
    expect(
      oracleFor("3.1.0", schema, {
        text: { type: "string" },
        word: { $anchor: "word", type: "string" },
      }).accepts(at, "response", value),
    ).toBe(valid);
  });
});

it("leaves readOnly out of requests and writeOnly out of answers", () => {
  const oracle = oracleFor("3.1.0", {
    required: ["id", "secret"],
    properties: { id: { readOnly: true }, secret: { writeOnly: true } },
  });
  expect([
    oracle.accepts(at, "request", { secret: 1 }),
    oracle.accepts(at, "response", { secret: 1 }),
  ]).toEqual([true, false]);
  expect([oracle.accepts(at, "request", { id: 1 }), oracle.accepts(at, "response", { id: 1 })]).toEqual([
    false,
    true,
  ]);
});

it("names the violated constraint at its place, behind references as well", () => {
  const oracle = oracleFor(
    "3.1.0",
    { properties: { a: { $ref: "#/components/schemas/text" } } },
    { text: { minLength: 2 } },
  );
  expect(oracle.violations(at, "response", { a: "x" })).toMatchObject([
    { pointer: "/components/schemas/text/minLength", keyword: "minLength", instance: "/a" },
  ]);
});

it("counts a schema that doesn't compile as one, and never accepts by it", () => {
  const oracle = oracleFor("3.1.0", { properties: { a: { type: "strin" } } });
  expect(oracle.declare(at, "response")).toMatch(/isn't valid/);
  expect(oracle.accepts(at, "response", {})).toBe(false);
  expect(oracle.compiled).toEqual({ compiled: 0, total: 1 });
});

it("reports unknown formats", () => {
  const oracle = oracleFor("3.1.0", { format: "isbn" });
  oracle.declare(at, "response");
  expect(oracle.notJudged).toEqual([
    { pointer: `${at}/format`, reason: 'the format "isbn" is unknown, so no value is checked against it' },
  ]);
});

it.each(["definitions", "$defs"])("a schema of OpenAPI 3.0 is judged with what its %s hold", (container) => {
  const schema = {
    type: "object",
    [container]: { code: { type: "string", nullable: true, maxLength: 2, const: "never read" } },
    properties: { code: { $ref: `#/components/schemas/A/${container}/code` } },
  };
  const document = {
    openapi: "3.0.3",
    info: { title: "t", version: "1" },
    paths: { "/a": { get: { responses: { 200: { description: "" } } } } },
    components: { schemas: { A: schema } },
  };
  const contract = readContract(Buffer.from(JSON.stringify(document)), "t.json");
  const oracle = new Oracle(contract);
  const accepts = (code: unknown) => oracle.accepts("/components/schemas/A", "response", { code });
  expect(["ab", null, "abc", 1].map(accepts)).toEqual([true, true, false, false]);
  expect([...contract.notJudged, ...oracle.notJudged]).toEqual([]);
});
