import { describe, expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { variations } from "./deviations.ts";
import { Oracle } from "./oracle.ts";
import { validValue } from "./valid-value.ts";

const at = "/components/schemas/it";

function oracleFor(schema: object, more: object = {}): Oracle {
  const document = {
    openapi: "3.1.0",
    paths: { "/a": { get: { responses: {} } } },
    components: { schemas: { it: schema, ...more } },
  };
  return new Oracle(readContract(new TextEncoder().encode(JSON.stringify(document)), "a.json"));
}

const object = (property: object) => ({ type: "object", required: ["p"], properties: { p: property } });

describe("what several schemas say of one property is heeded together", () => {
  it.each<[string, object, unknown]>([
    [
      "type here, list there",
      { allOf: [object({ type: "string" }), { properties: { p: { enum: ["a", "b"] } } }] },
      { p: "a" },
    ],
    [
      "bounds from both",
      { allOf: [object({ type: "integer", minimum: 5 }), object({ maximum: 5 })] },
      { p: 5 },
    ],
    [
      "members of both",
      {
        allOf: [
          object(object({ type: "integer" })),
          object({ required: ["q"], properties: { q: { const: 2 } } }),
        ],
      },
      { p: { p: 1, q: 2 } },
    ],
    [
      "beside a reference",
      { $ref: "#/components/schemas/Base", properties: { p: { minLength: 6, pattern: "^a+$" } } },
      { p: "aaaaaa" },
    ],
    [
      "a branch that narrows it",
      { ...object({ type: "string" }), oneOf: [{ properties: { p: { const: "x" } } }] },
      { p: "x" },
    ],
    [
      "items of a list",
      { allOf: [{ type: "array", minItems: 1, items: { type: "string" } }, { items: { enum: ["i"] } }] },
      ["i"],
    ],
    [
      "members of a map",
      {
        allOf: [
          { type: "object", minProperties: 1, additionalProperties: { type: "integer" } },
          { additionalProperties: { minimum: 7, maximum: 7 } },
        ],
      },
      { extra1: 7 },
    ],
  ])("%s", (_, schema, value) => {
    const oracle = oracleFor(schema, { Base: object({ type: "string" }) });
    expect(validValue(oracle, at, { optional: true })).toEqual({ value });
  });

  it("and each is broken where it is written", () => {
    const oracle = oracleFor({
      allOf: [object({ type: "integer", minimum: 1 }), { properties: { p: { maximum: 9 } } }],
    });
    const wrong = variations(oracle, at, { p: 5 }).filter(({ valid }) => !valid);
    expect(new Set(wrong.map(({ pointer }) => pointer))).toEqual(
      new Set([
        `${at}/allOf/0/required`,
        `${at}/allOf/0/type`,
        `${at}/allOf/0/properties/p/type`,
        `${at}/allOf/0/properties/p/minimum`,
        `${at}/allOf/1/properties/p/maximum`,
      ]),
    );
  });
});
