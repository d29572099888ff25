import { expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { Oracle } from "./oracle.ts";
import { placeInValue } from "./place-in-value.ts";

const schemas = {
  Page: {
    type: "object",
    required: ["items", "total"],
    properties: {
      items: { type: "array", items: { $ref: "#/components/schemas/Item" } },
      owner: { $ref: "#/components/schemas/Person" },
      byName: { type: "object", additionalProperties: { $ref: "#/components/schemas/Person" } },
    },
  },
  Item: {
    type: "object",
    required: ["id"],
    properties: {
      id: { type: "integer" },
      owner: { anyOf: [{ $ref: "#/components/schemas/Person" }, { type: "null" }] },
    },
  },
  Person: {
    type: "object",
    additionalProperties: false,
    required: ["first", "last"],
    properties: { first: { type: "string" }, last: { type: "string" } },
  },
  Node: {
    type: "object",
    required: ["name"],
    properties: {
      name: { type: "string" },
      children: { type: "array", items: { $ref: "#/components/schemas/Node" } },
    },
  },
};
const document = {
  openapi: "3.1.0",
  info: { title: "t", version: "1" },
  paths: { "/a": { get: { responses: {} } } },
  components: { schemas },
};
const oracle = new Oracle(readContract(Buffer.from(JSON.stringify(document)), "t.json"));

const person = { first: "a", last: "b" };
const page = (change: object) => ({ items: [], total: 0, ...change });
const places = (schema: keyof typeof schemas, value: unknown) => {
  const root = `/components/schemas/${schema}`;
  return oracle
    .violations(root, "response", value)
    .filter(({ keyword }) => keyword !== "anyOf")
    .map((violation) => `${violation.pointer}${placeInValue(oracle, root, value, violation)}`.slice(20));
};

it.each<[string, keyof typeof schemas, unknown, string[]]>([
  ["names the member that is missing", "Page", { items: [] }, ["Page/required/total"]],
  ["tells one missing member from another", "Page", { total: 0 }, ["Page/required/items"]],
  ["says nothing that the pointer says", "Page", page({ items: 1 }), ["Page/properties/items/type"]],
  ["takes indices for one place", "Page", page({ items: [{ id: 1 }, {}] }), ["Item/required/items/*/id"]],
  [
    "tells where a shared schema stands",
    "Page",
    page({ owner: { first: 1, last: "b" } }),
    ["Person/properties/first/type/owner"],
  ],
  [
    "and where else",
    "Page",
    page({ items: [{ id: 1, owner: { first: 1, last: "b" } }] }),
    ["Person/properties/first/type/items/*/owner", "Item/properties/owner/anyOf/1/type/items/*"],
  ],
  [
    "takes keys of a map for one place",
    "Page",
    page({ byName: { jo: { ...person, last: 1 } } }),
    ["Person/properties/last/type/byName/*"],
  ],
  [
    "names the member that is one too many",
    "Page",
    page({ owner: { ...person, age: 1 } }),
    ["Person/additionalProperties/owner/age"],
  ],
  [
    "but no name that is a value",
    "Page",
    page({ owner: { ...person, "550e8400-e29b-41d4-a716-446655440000": 1 } }),
    ["Person/additionalProperties/owner/*"],
  ],
  [
    "counts the rounds of a schema within itself as one",
    "Node",
    { name: "a", children: [{ name: "b", children: [{ name: "c", children: [{}] }] }] },
    ["Node/required/name"],
  ],
])("%s", (_what, schema, value, expected) => {
  expect(places(schema, value)).toEqual(expected);
});
