import { describe, expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { Oracle } from "./oracle.ts";

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const schemas = {
  Item: { type: "object", required: ["id"], properties: { id: { type: "string" } } },
  Items: { type: "array", items: reference("Item") },
  Texts: { type: "array", items: { type: "string" } },
  NoTexts: { not: reference("Texts") },
  TextsOrList: { anyOf: [reference("Texts"), { type: "array" }] },
  OneOfTexts: { oneOf: [reference("Texts"), { ...reference("Texts"), maxItems: 1 }] },
  Closed: { type: "array", items: { properties: { id: true }, unevaluatedProperties: false } },
};
const paths = { "/items": { get: { responses: { 200: { description: "" } } } } };
const document = { openapi: "3.1.0", components: { schemas }, paths };
const contract = readContract(new TextEncoder().encode(JSON.stringify(document)), "errors.json");
const many = Array.from({ length: 20_000 }, () => ({ name: "a" }));

describe("a value with more errors than are collected", () => {
  it.each([
    ["Items", "/components/schemas/Item/required"],
    ["Texts", "/components/schemas/Texts/items/type"],
    ["OneOfTexts", "/components/schemas/Texts/items/type"],
    ["Closed", "/components/schemas/Closed/items/unevaluatedProperties"],
  ])("is told its first: %s", (name, pointer) => {
    const oracle = new Oracle(contract);
    const at = `/components/schemas/${name}`;
    expect(oracle.accepts(at, "response", many)).toBe(false);
    const [first] = oracle.violations(at, "response", many);
    expect(first).toMatchObject({ pointer, instance: "/0" });
    expect(oracle.notJudged).toEqual([
      { pointer: at, reason: expect.stringMatching(/more than 10000 ways: only the first is reported$/) },
    ]);
  });

  it.each(["NoTexts", "TextsOrList"])("may be valid all the same: %s", (name) => {
    const oracle = new Oracle(contract);
    const at = `/components/schemas/${name}`;
    expect(oracle.accepts(at, "response", many)).toBe(true);
    expect(oracle.violations(at, "response", many)).toEqual([]);
    expect(oracle.notJudged).toEqual([]);
  });

  it("is one of its own: others have all their errors told", () => {
    const oracle = new Oracle(contract);
    oracle.violations("/components/schemas/Items", "response", many);
    expect(oracle.violations("/components/schemas/Items", "response", many.slice(0, 300))).toHaveLength(300);
  });
});
