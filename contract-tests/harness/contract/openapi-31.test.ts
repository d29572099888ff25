import { describe, expect, it } from "vitest";
import { readContract } from "./load-contract.ts";
import { asOpenApi31 } from "./openapi-31.ts";
import { visitObjects } from "./visit-objects.ts";

type Schema = Readonly<Record<string, unknown>>;
const asRead = (schema: Schema) => {
  const read = asOpenApi31({ openapi: "3.0.3", components: { schemas: { schema } } });
  return [...visitObjects(read)].find(({ pointer }) => pointer === "/components/schemas/schema")?.value;
};

describe("a schema of OpenAPI 3.0 is read as 3.1", () => {
  it.each<[string, Schema, Schema]>([
    ["nullable beside a type", { type: "string", nullable: true }, { type: ["string", "null"] }],
    ["nullable: false", { type: "string", nullable: false }, { type: "string" }],
    [
      "nullable without a type says nothing",
      { allOf: [{}], nullable: true },
      { allOf: [{}], nullable: true },
    ],
    ["an exclusive limit", { maximum: 5, exclusiveMaximum: true }, { exclusiveMaximum: 5 }],
    ["an inclusive limit", { minimum: 5, exclusiveMinimum: false }, { minimum: 5 }],
    ["exclusive without a limit", { exclusiveMinimum: true }, {}],
    [
      "siblings of a reference",
      { $ref: "#/components/schemas/schema", type: "string" },
      { $ref: "#/components/schemas/schema" },
    ],
    [
      "keywords that 3.0 doesn't know",
      { type: "string", const: "a", if: {}, prefixItems: [] },
      { type: "string" },
    ],
    ["extensions stay", { type: "string", "x-fresh": true }, { type: "string", "x-fresh": true }],
    [
      "members called like keywords",
      { properties: { nullable: { type: "boolean", nullable: true }, const: { type: "string" } } },
      { properties: { nullable: { type: ["boolean", "null"] }, const: { type: "string" } } },
    ],
    [
      "examples are data",
      { example: { type: "string", nullable: true, const: 1 } },
      { example: { type: "string", nullable: true, const: 1 } },
    ],
  ])("%s", (_, before, after) => {
    expect(asRead(before)).toEqual(after);
  });

  it("wherever it is, even if only a reference leads to it", () => {
    const nullable = { type: "string", nullable: true };
    const read = asOpenApi31({
      openapi: "3.0.3",
      paths: {
        "/a": {
          get: {
            parameters: [{ name: "p", in: "query", schema: nullable }],
            responses: {
              default: {
                headers: { default: { schema: nullable } },
                content: { "a/b": { schema: { $ref: "#/x-own/example" } } },
              },
            },
            callbacks: {
              example: {
                "{$request.body#/url}": {
                  post: { requestBody: { content: { "a/b": { schema: nullable } } } },
                },
              },
            },
          },
        },
      },
      "x-own": { example: nullable },
    });
    expect(JSON.stringify(read)).not.toContain("nullable");
  });

  it("in its document's lines", () => {
    const text = `openapi: 3.0.3
paths:
  /a:
    get:
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema:
                type: integer
                maximum: 5
                exclusiveMaximum: true
`;
    const contract = readContract(new TextEncoder().encode(text), "a.yaml");
    const schema = "/paths/~1a/get/responses/200/content/application~1json/schema";
    expect(contract.resolve(schema).value).toEqual({ type: "integer", exclusiveMaximum: 5 });
    expect(contract.place(`${schema}/exclusiveMaximum`)).toEqual({ line: 13 });
  });
});

describe("references", () => {
  const load = (document: object) =>
    readContract(new TextEncoder().encode(JSON.stringify({ openapi: "3.1.0", ...document })), "a.json");
  const answers = (responses: object, components: object = {}) => ({
    paths: { "/a": { get: { responses } } },
    components,
  });
  const dangling = { $ref: "#/components/schemas/Absent" };
  const json = (schema: object) => ({ description: "ok", content: { "application/json": { schema } } });

  it.each<[string, object]>([
    ["a response called default", answers({ default: json(dangling) })],
    [
      "a component called default",
      answers(
        { 200: { $ref: "#/components/responses/default" } },
        { responses: { default: json(dangling) } },
      ),
    ],
    [
      "a component called example",
      answers(
        { 200: { $ref: "#/components/responses/example" } },
        { responses: { example: json(dangling) } },
      ),
    ],
    [
      "a schema called value",
      answers(
        { 200: json({ $ref: "#/components/schemas/value" }) },
        { schemas: { value: { items: dangling } } },
      ),
    ],
    ["a property called enum", answers({ 200: json({ properties: { enum: dangling } }) })],
    ["a component whose name begins with x-", answers({ 200: json({}) }, { schemas: { "x-a": dangling } })],
  ])("that dangle are found in %s", (_, document) => {
    expect(() => load(document)).toThrow(/points to #\/components\/schemas\/Absent, which doesn't exist/);
  });

  it.each<[string, object]>([
    ["an example", answers({ 200: { ...json({}), content: { "application/json": { example: dangling } } } })],
    ["a default value", answers({ 200: json({ default: dangling }) })],
    ["an enum", answers({ 200: json({ enum: [dangling] }) })],
    ["an extension", { ...answers({ 200: json({ "x-a": dangling }) }), "x-b": dangling }],
  ])("are only words in %s", (_, document) => {
    expect(load(document).operations).toHaveLength(1);
  });

  it("within a schema that has an $id are at home there", () => {
    const pet = {
      $id: "https://example.com/pet",
      properties: { tag: { $ref: "#/$defs/tag" } },
      $defs: { tag: { type: "string" } },
    };
    expect(
      load(answers({ 200: json({ $ref: "#/components/schemas/Pet" }) }, { schemas: { Pet: pet } }))
        .operations,
    ).toHaveLength(1);
  });
});
