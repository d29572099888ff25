import { describe, expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { Oracle } from "./oracle.ts";

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

function contractWith(schemas: object) {
  const content = { "application/json": { schema: reference("A") } };
  const operation = { requestBody: { content }, responses: { 200: { description: "", content } } };
  const document = { openapi: "3.1.0", components: { schemas }, paths: { "/a": { post: operation } } };
  return readContract(new TextEncoder().encode(JSON.stringify(document)), "a.json");
}

/** What judges every value, since none can be judged; a word where the oracle says so. */
function verdicts(A: object, values: readonly unknown[]) {
  const B = { allOf: [reference("A")] };
  const oracle = new Oracle(contractWith({ A, B }));
  const valid = values.map(
    (value) => oracle.violations("/components/schemas/A", "response", value).length === 0,
  );
  return { valid, told: oracle.notJudged.map(({ pointer }) => pointer) };
}

describe("a schema that refers to itself for the same value", () => {
  it.each([
    { oneOf: [reference("B"), { type: "string" }] },
    { type: "object", allOf: [reference("A")] },
    { anyOf: [{ type: "string" }, { oneOf: [reference("B")] }] },
    { not: reference("B") },
    { if: reference("A"), else: { type: "string" } },
    { dependentSchemas: { a: reference("B") } },
    reference("B"),
  ])("judges nothing, and is reported: %j", (schema) => {
    const { valid, told } = verdicts(schema, ["x", 5, { a: 1 }]);
    expect(valid).toEqual([true, true, true]);
    expect(told).toContain("/components/schemas/A");
  });

  it.each([
    { type: "object", properties: { a: reference("B") } },
    { type: ["object", "array"], items: reference("A"), additionalProperties: { oneOf: [reference("A")] } },
  ])("is distinguished from one that does so for a member: %j", (schema) => {
    const { valid, told } = verdicts(schema, [{ a: { a: {} } }, { a: "x" }]);
    expect(valid).toEqual([true, false]);
    expect(told).toEqual([]);
  });

  it("still judges what is beside it", () => {
    const pet = { oneOf: [reference("Cat")], discriminator: { propertyName: "kind" } };
    const cat = { allOf: [reference("Pet"), { required: ["kind"] }] };
    const choice = { oneOf: [reference("Pet"), { type: "object" }] };
    const schemas = {
      A: { required: ["id"], properties: { id: { type: "integer" }, pet: choice } },
      Pet: pet,
      Cat: cat,
    };
    const oracle = new Oracle(contractWith(schemas));
    const broken = (value: unknown) =>
      oracle.violations("/components/schemas/A", "response", value).map(({ keyword }) => keyword);
    expect(broken({ id: 1, pet: { kind: "Cat" } })).toEqual([]);
    expect(broken({ id: "x", pet: {} })).toEqual(["type"]);
  });
});
