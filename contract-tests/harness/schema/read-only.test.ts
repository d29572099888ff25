import { describe, expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { Oracle } from "./oracle.ts";
import { validValue } from "./valid-value.ts";
import { visitAnnotated } from "./visit-instance.ts";

const at = "/components/schemas/it";
const names = "#/components/schemas/";

function oracleFor(schema: object, more: object = {}, version = "3.1.0"): Oracle {
  const document = {
    openapi: version,
    paths: { "/a": { get: { responses: {} } } },
    components: { schemas: { it: schema, ...more } },
  };
  return new Oracle(readContract(new TextEncoder().encode(JSON.stringify(document)), "a.json"));
}

/** One oracle for many schemas, each with components of its own: `1.it`, `1.Base`. */
function oracleForAll(cases: readonly { readonly schema: object; readonly more: object }[]): Oracle {
  const own = cases.map(({ schema, more }, index) =>
    JSON.stringify({ it: schema, ...more }).replaceAll(names, `${names}${index}.`),
  );
  const named = own.flatMap((text, index) =>
    Object.entries<object>(JSON.parse(text)).map(([name, schema]) => [`${index}.${name}`, schema] as const),
  );
  return oracleFor({}, Object.fromEntries(named));
}

const schemaRef = (name: string) => ({ $ref: `${names}${name}` });
const only = (condition: object, branch: "then" | "else", schema: object) =>
  Object.fromEntries([
    ["if", condition],
    [branch, schema],
  ]);
const readOnlyId = { properties: { id: { readOnly: true } } };
const kinds = {
  oneOf: [
    { properties: { kind: { const: "made" }, id: { readOnly: true } }, required: ["kind"] },
    { properties: { kind: { const: "given" } }, required: ["kind"] },
  ],
};

describe("a readOnly property that is required is so in answers alone", () => {
  const excused: readonly [string, object, object, object][] = [
    ["beside the schema that requires it", { allOf: [readOnlyId, { required: ["id"] }] }, {}, {}],
    ["before it", { allOf: [{ required: ["id"] }, readOnlyId] }, {}, {}],
    ["around it", { ...readOnlyId, allOf: [{ required: ["id"] }] }, {}, {}],
    ["within it", { required: ["id"], allOf: [readOnlyId] }, {}, {}],
    ["deep within it", { required: ["id"], allOf: [{ allOf: [{ allOf: [readOnlyId] }] }] }, {}, {}],
    [
      "each in a component",
      { allOf: [schemaRef("Base"), schemaRef("Rule")] },
      {},
      { Base: readOnlyId, Rule: { required: ["id"] } },
    ],
    ["beside a reference", { ...schemaRef("Base"), required: ["id"] }, {}, { Base: readOnlyId }],
    [
      "beside a reference to what requires it",
      { ...schemaRef("Rule"), ...readOnlyId },
      {},
      { Rule: { required: ["id"] } },
    ],
    [
      "by a schema that it refers to",
      { required: ["id"], properties: { id: schemaRef("Id") } },
      {},
      { Id: { type: "string", readOnly: true } },
    ],
    [
      "by an allOf of its own",
      { required: ["id"], properties: { id: { allOf: [schemaRef("Id")], description: "x" } } },
      {},
      { Id: { readOnly: true } },
    ],
    ["by a pattern", { required: ["x_id"], patternProperties: { "^x_": { readOnly: true } } }, {}, {}],
    ["by the rest", { required: ["id"], additionalProperties: { readOnly: true } }, {}, {}],
    [
      "required by a branch",
      { ...readOnlyId, anyOf: [{ required: ["id", "a"] }, { required: ["id", "b"] }] },
      { a: 1 },
      {},
    ],
    ["required where another is there", { ...readOnlyId, dependentRequired: { a: ["id"] } }, { a: 1 }, {}],
    ["by the branch that holds", { allOf: [kinds, { required: ["id"] }] }, { kind: "made" }, {}],
    ["by a branch of its own", { ...kinds, required: ["id"] }, { kind: "made" }, {}],
    [
      "by the then that applies",
      { required: ["id"], ...only({ required: ["a"] }, "then", readOnlyId) },
      { a: 1 },
      {},
    ],
    [
      "by the else that applies",
      { required: ["id"], ...only({ required: ["a"] }, "else", readOnlyId) },
      {},
      {},
    ],
    ["by what depends on a member", { required: ["id"], dependentSchemas: { a: readOnlyId } }, { a: 1 }, {}],
    [
      "within what leaves nothing unevaluated",
      { allOf: [readOnlyId, { required: ["id"], properties: { a: {} } }], unevaluatedProperties: false },
      { a: 1 },
      {},
    ],
  ];
  const oracle = oracleForAll(excused.map(([, schema, , more]) => ({ schema, more })));
  it.each(excused.map(([name, , value], index) => [name, index, value] as const))("%s", (_, index, value) => {
    const pointer = `/components/schemas/${index}.it`;
    expect([oracle.accepts(pointer, "request", value), oracle.accepts(pointer, "response", value)]).toEqual([
      true,
      false,
    ]);
  });

  const binding: readonly [string, object, object][] = [
    ["a property of another name", { allOf: [readOnlyId, { required: ["name"] }] }, {}],
    ["a branch that doesn't hold", { allOf: [kinds, { required: ["id"] }] }, { kind: "given" }],
    ["a then that doesn't apply", { required: ["id"], ...only({ required: ["a"] }, "then", readOnlyId) }, {}],
    [
      "an else that doesn't",
      { required: ["id"], ...only({ required: ["a"] }, "else", readOnlyId) },
      { a: 1 },
    ],
    ["a member that isn't there", { required: ["id"], dependentSchemas: { a: readOnlyId } }, {}],
    [
      "a member's own property",
      { required: ["id"], properties: { id: { properties: { id: { readOnly: true } } } } },
      {},
    ],
    [
      "writeOnly, in a request",
      { allOf: [{ properties: { id: { writeOnly: true } } }, { required: ["id"] }] },
      {},
    ],
    ["readOnly: false", { allOf: [{ properties: { id: { readOnly: false } } }, { required: ["id"] }] }, {}],
  ];
  const other = oracleForAll(binding.map(([, schema]) => ({ schema, more: {} })));
  it.each(binding.map(([name, , value], index) => [name, index, value] as const))(
    "and %s excuses nothing",
    (_, index, value) => {
      expect(other.violations(`/components/schemas/${index}.it`, "request", value)).toContainEqual(
        expect.objectContaining({ keyword: "required" }),
      );
    },
  );

  it("a required name that is forbidden stays so: not asks, it doesn't require", () => {
    const oracle = oracleFor({ ...readOnlyId, not: { required: ["id"] } });
    expect([oracle.accepts(at, "request", {}), oracle.accepts(at, "request", { id: 1 })]).toEqual([
      true,
      false,
    ]);
  });

  it("a shared schema binds wherever nothing excuses it", () => {
    const oracle = oracleFor(
      { properties: { own: schemaRef("Rule"), made: { allOf: [readOnlyId, schemaRef("Rule")] } } },
      { Rule: { required: ["id"] } },
    );
    expect(oracle.violations(at, "request", { own: {}, made: {} })).toMatchObject([
      { pointer: "/components/schemas/Rule/required", instance: "/own" },
    ]);
  });

  it("in 3.0 as in 3.1, and the other way round for writeOnly", () => {
    const parts = {
      allOf: [{ properties: { p: { type: "string", writeOnly: true } } }, { required: ["p"] }],
    };
    const oracle = oracleFor(parts, {}, "3.0.3");
    expect([oracle.accepts(at, "request", {}), oracle.accepts(at, "response", {})]).toEqual([false, true]);
  });

  it("schemas that contain each other come to an end", () => {
    const oracle = oracleFor(
      { allOf: [schemaRef("Node")], ...readOnlyId },
      { Node: { required: ["id"], properties: { next: schemaRef("it") } } },
    );
    expect(oracle.accepts(at, "request", { next: { next: {} } })).toBe(true);
    expect(oracle.accepts(at, "response", { id: 1, next: { next: {} } })).toBe(false);
  });

  it("a made value leaves it out, also where another schema says so", () => {
    const oracle = oracleFor(
      {
        allOf: [schemaRef("Named"), { properties: { id: { allOf: [schemaRef("Id")] } }, required: ["id"] }],
      },
      {
        Named: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
        Id: { type: "string", readOnly: true },
      },
    );
    expect(validValue(oracle, at, { optional: true })).toEqual({ value: { name: "text" } });
  });
});

describe("what annotates a value", () => {
  const secret = { properties: { secret: { writeOnly: true } } };
  const byKind = {
    oneOf: [
      { properties: { kind: { const: "a" }, secret: { writeOnly: true } }, required: ["kind"] },
      { properties: { kind: { const: "b" } }, required: ["kind"] },
    ],
  };
  const cases: readonly [string, object, unknown, readonly string[], object][] = [
    [
      "a schema beside a reference",
      { ...schemaRef("Person"), ...secret },
      { secret: 1 },
      ["/secret"],
      { Person: {} },
    ],
    [
      "one that a reference leads to, by way of another",
      schemaRef("Member"),
      { secret: 1 },
      ["/secret"],
      { Member: { ...schemaRef("Person"), ...secret }, Person: { type: "object" } },
    ],
    ["a branch that holds", byKind, { kind: "a", secret: 1 }, ["/secret"], {}],
    ["no branch that doesn't", byKind, { kind: "b", secret: 1 }, [], {}],
    [
      "the then that applies",
      { ...only({ required: ["a"] }, "then", secret) },
      { a: 1, secret: 1 },
      ["/secret"],
      {},
    ],
    ["no then that doesn't", { ...only({ required: ["a"] }, "then", secret) }, { secret: 1 }, [], {}],
    [
      "each item",
      { items: byKind },
      [
        { kind: "b", secret: 1 },
        { kind: "a", secret: 1 },
      ],
      ["/1/secret"],
      {},
    ],
    [
      "the branch that a member matches",
      { properties: { p: { oneOf: [{ type: "string", writeOnly: true }, { type: "null" }] } } },
      { p: "x" },
      ["/p"],
      {},
    ],
    [
      "and no other",
      { properties: { p: { oneOf: [{ type: "string", writeOnly: true }, { type: "null" }] } } },
      { p: null },
      [],
      {},
    ],
    [
      "an allOf though the answer breaks it",
      { allOf: [{ ...secret, required: ["x"] }] },
      { secret: 1 },
      ["/secret"],
      {},
    ],
  ];
  const oracle = oracleForAll(cases.map(([, schema, , , more]) => ({ schema, more })));
  it.each(cases.map(([name, , value, expected], index) => [name, index, value, expected] as const))(
    "is %s",
    (_, index, value, expected) => {
      const places = visitAnnotated(oracle, `/components/schemas/${index}.it`, "response", value);
      const hidden = places.filter(({ schemas }) =>
        schemas.some(({ schema }) => schema["writeOnly"] === true),
      );
      expect(hidden.map(({ instance }) => instance)).toEqual(expected);
    },
  );
});
