import { describe, expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { Oracle } from "./oracle.ts";

const at = "/components/schemas/S";

function oracleFor(schema: unknown): Oracle {
  const document = {
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    paths: { "/a": { get: { responses: { 200: { description: "ok" } } } } },
    components: { schemas: { S: schema } },
  };
  return new Oracle(readContract(new TextEncoder().encode(JSON.stringify(document)), "a.json"));
}

// As it comes out of JSON: an own member called __proto__.
const proto = JSON.parse('{"__proto__":"x"}');

describe("a value is judged by what the standard says, where Ajv alone would err", () => {
  it.each<[string, unknown, unknown, boolean]>([
    ["cents of a price", { multipleOf: 0.01 }, 19.99, true],
    ["half a cent", { multipleOf: 0.01 }, 19.995, false],
    ["a very small step", { multipleOf: 1e-8 }, 3e-8, true],
    [
      "a property called constructor that isn't there",
      { properties: { constructor: { type: "number" } } },
      {},
      true,
    ],
    [
      "a property called constructor that is",
      { properties: { constructor: { type: "number" } } },
      { constructor: "x" },
      false,
    ],
    ["a required toString that isn't there", { required: ["toString"] }, {}, false],
    ["a required __proto__ that is there", { required: ["__proto__"] }, proto, true],
    ["a required __proto__ that isn't", { required: ["__proto__"] }, {}, false],
    [
      "a property called __proto__",
      JSON.parse('{"properties":{"__proto__":{"type":"number"}}}'),
      proto,
      false,
    ],
    ["a list with members called toString", { uniqueItems: true }, [{ toString: 1 }, { toString: 2 }], true],
    ["the same twice", { uniqueItems: true }, [{ toString: 1 }, { toString: 1 }], false],
    ["a constant with a member called valueOf", { const: { valueOf: 1 } }, { valueOf: 1 }, true],
    ["another value of it", { const: { valueOf: 1 } }, { valueOf: 2 }, false],
    [
      "a listed value with a member called constructor",
      { enum: [{ constructor: 1 }] },
      { constructor: 1 },
      true,
    ],
    ["another value of that", { enum: [{ constructor: 1 }] }, { constructor: [] }, false],
    ["what depends on toString, which isn't there", { dependentRequired: { toString: ["a"] } }, {}, true],
    [
      "the second branch of oneOf beside a reference",
      {
        $ref: "#/components/schemas/S/$defs/base",
        oneOf: [
          { required: ["a"], properties: { a: {} } },
          { required: ["b"], properties: { b: {} } },
        ],
        unevaluatedProperties: false,
        $defs: { base: { properties: { id: { type: "integer" } } } },
      },
      { id: 1, b: 2 },
      true,
    ],
    [
      "a member of a branch that doesn't hold",
      {
        anyOf: [{ required: ["a"], properties: { a: {}, c: {} } }, { properties: { b: {} } }],
        unevaluatedProperties: false,
      },
      { b: 1, c: 1 },
      false,
    ],
    [
      "if without then",
      { if: { properties: { a: {} }, required: ["a"] }, unevaluatedProperties: false },
      { a: 1 },
      true,
    ],
    [
      "items that contains has seen",
      { contains: { type: "string" }, unevaluatedItems: false },
      ["a", "b"],
      true,
    ],
    ["items that it hasn't", { contains: { type: "string" }, unevaluatedItems: false }, ["a", 1], false],
    [
      "unevaluated members by a schema",
      { properties: { a: {} }, unevaluatedProperties: { type: "string" } },
      { a: 1, b: "x" },
      true,
    ],
    [
      "unevaluated members that break it",
      { properties: { a: {} }, unevaluatedProperties: { type: "string" } },
      { a: 1, b: 1 },
      false,
    ],
  ])("%s", (_, schema, value, expected) => {
    expect(oracleFor(schema).accepts(at, "response", value)).toBe(expected);
  });

  it("and the place in the contract is the keyword's own", () => {
    const oracle = oracleFor({ properties: { a: {} }, unevaluatedProperties: false });
    expect(oracle.violations(at, "response", { a: 1, b: 2 })).toEqual([
      {
        pointer: `${at}/unevaluatedProperties`,
        keyword: "unevaluatedProperties",
        instance: "",
        message: 'the value must not have the property "b"',
        member: "b",
      },
    ]);
    expect(oracleFor({ items: { multipleOf: 0.1 } }).violations(at, "response", [0.3, 0.35])).toMatchObject([
      { pointer: `${at}/items/multipleOf`, keyword: "multipleOf", instance: "/1" },
    ]);
  });
});

describe("formats", () => {
  it.each<[format: string, value: unknown, expected: boolean]>([
    ["date-time", "2024-02-29T12:30:00Z", true],
    ["date-time", "2024-02-29T12:30:00+01:00", true],
    ["date-time", "2024-02-29 12:30:00Z", false],
    ["date-time", "2024-02-29T12:30:00+0100", false],
    ["date-time", "2024-02-29T12:30:00+01", false],
    ["date-time", "2024-02-29T12:30:00", false],
    ["date", "2023-02-29", false],
    ["time", "23:59:60Z", true],
    ["uuid", "123e4567-e89b-42d3-a456-426614174000", true],
    ["uuid", "urn:uuid:123e4567-e89b-42d3-a456-426614174000", false],
    ["byte", "YWJj", true],
    ["byte", "", true],
    ["byte", "YWJ", false],
    ["byte", "YW J", false],
    ["byte", "YWJj!", false],
    ["email", "o'neil+news@example.co.uk", true],
    ["email", '"john smith"@example.com', true],
    ["email", "someone@[127.0.0.1]", true],
    ["email", "someone", false],
    ["hostname", "example.com", true],
    ["hostname", "-a.example", false],
    ["uri", "https://example.com/a[0]", false],
    ["int32", 2 ** 31, false],
    ["int32", 2 ** 31 - 1, true],
    ["int64", 2 ** 53, true],
    ["uint8", -1, false],
    ["password", "anything at all", true],
  ])("%s: %j is valid: %s", (format, value, expected) => {
    expect(oracleFor({ format }).accepts(at, "response", value)).toBe(expected);
  });

  it.each([
    "url",
    "uri",
    "email",
    "hostname",
    "date-time",
    "duration",
    "uri-template",
    "idn-hostname",
    "iri",
  ])("%s takes no time that grows faster than the text", (format) => {
    const oracle = oracleFor({ format });
    const started = performance.now();
    for (const length of [16, 64, 256])
      for (const unit of ["a", ":", "http://:", "{a", "-", "P1", "a@", ".", "%4"])
        oracle.accepts(at, "response", unit.repeat((length * 1024) / unit.length));
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it("of unknown names are reported", () => {
    const oracle = oracleFor({ format: "zip-code" });
    oracle.declare(at, "response");
    expect(oracle.notJudged).toEqual([
      {
        pointer: `${at}/format`,
        reason: 'the format "zip-code" is unknown, so no value is checked against it',
      },
    ]);
  });
});

it("a schema of another dialect is reported", () => {
  const oracle = oracleFor({ $schema: "https://example.com/own", minimum: 3 });
  oracle.declare(at, "response");
  expect(oracle.notJudged[0]?.reason).toContain("the dialect https://example.com/own is unknown");
});
