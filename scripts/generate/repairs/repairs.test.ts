import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readDocumentedPage } from "../documented-page.ts";
import type { JsonObject } from "../json.ts";
import { repairs } from "./registry.ts";

const page = readDocumentedPage(
  "page.md",
  [
    "# Make Thing",
    "POST https://api.example.com/base/v1/things",
    "Reference: https://example.com/docs/things/make",
    "```yaml",
    "openapi: 3.1.1",
    "```",
    "```typescript",
    'await client.things.make("a");',
    "```",
  ].join("\n"),
);

/** The repair applied to a YAML document: the result, and what it says it changed. */
function repaired(id: string, yaml: string): { document: JsonObject; changes: string[] } {
  const document: JsonObject = parse(yaml);
  const repair = repairs.find((candidate) => candidate.id === id);
  if (repair === undefined) throw new Error(`no repair ${id}`);
  const changes = repair.apply(document, { page, imported: "2026-01-02" });
  return { document, changes: changes.map(({ path, from, to }) => `${path.join(".")}: ${from} → ${to}`) };
}

describe("repairs", () => {
  it.each([
    ["enum-member-objects", "{enum: [{value: a}, {value: 2}]}", { enum: ["a", 2] }],
    ["enum-member-objects", "{enum: [{type: stringLiteral, value: a}, b]}", { enum: ["a", "b"] }],
    [
      "enum-member-objects",
      "{items: [{schema: {enum: [{value: null}]}}]}",
      { items: [{ schema: { enum: [null] } }] },
    ],
    [
      "nested-tags",
      "{paths: {/a: {get: {tags: [[x, x/y]]}}}}",
      { paths: { "/a": { get: { tags: ["x", "x/y"] } } } },
    ],
    [
      "nested-tags",
      "{paths: {/a: {get: {tags: [[x, y], x]}}}}",
      { paths: { "/a": { get: { tags: ["x", "y"] } } } },
    ],
    [
      "empty-content",
      "{responses: {'422': {description: d, content: {}}}}",
      { responses: { "422": { description: "d" } } },
    ],
    [
      "qualified-operation-id",
      "{info: {version: endpoint_a/b.make}, paths: {/a: {get: {operationId: make}}}}",
      { info: { version: "endpoint_a/b.make" }, paths: { "/a": { get: { operationId: "things.make" } } } },
    ],
    [
      "qualified-operation-id",
      "{info: {version: 1.0.0}, paths: {/a: {get: {operationId: make}}}}",
      { info: { version: "1.0.0" }, paths: { "/a": { get: { operationId: "things.make" } } } },
    ],
    [
      "qualified-operation-id",
      "{info: {version: endpoint_a.make_all}, paths: {/a: {get: {operationId: make-all}}}}",
      { info: { version: "endpoint_a.make_all" }, paths: { "/a": { get: { operationId: "a.makeAll" } } } },
    ],
    [
      "overlapping-one-of",
      "{oneOf: [{type: integer}, {type: number}]}",
      { anyOf: [{ type: "integer" }, { type: "number" }] },
    ],
    [
      "overlapping-one-of",
      "{oneOf: [{type: object, required: [a]}, {type: object, required: [b]}]}",
      {
        anyOf: [
          { type: "object", required: ["a"] },
          { type: "object", required: ["b"] },
        ],
      },
    ],
    [
      "overlapping-one-of",
      "{oneOf: [{type: string}, {type: 'null'}, {type: string}]}",
      { anyOf: [{ type: "string" }, { type: "null" }] },
    ],
    [
      "overlapping-one-of",
      "{oneOf: [{type: string, enum: [a, b]}, {type: string}]}",
      { anyOf: [{ type: "string", enum: ["a", "b"] }, { type: "string" }] },
    ],
    ["info-version", "{info: {version: endpoint_a.b}}", { info: { version: "2026-01-02" } }],
    [
      "server-from-heading",
      "{info: {}, paths: {/v1/things: {}}}",
      { info: {}, servers: [{ url: "https://api.example.com/base" }], paths: { "/v1/things": {} } },
    ],
    [
      "component-names",
      "{components: {schemas: {'type_:A': {$ref: '#/components/schemas/type_b.c:D'}, 'type_b.c:D': {}}}}",
      { components: { schemas: { A: { $ref: "#/components/schemas/D" }, D: {} } } },
    ],
    [
      "component-names",
      "{components: {schemas: {'type_:A': {discriminator: {mapping: {a: '#/components/schemas/type_:A'}}}}}}",
      { components: { schemas: { A: { discriminator: { mapping: { a: "#/components/schemas/A" } } } } } },
    ],
    [
      "component-names",
      "{components: {schemas: {'type_:A': {discriminator: {mapping: {a: 'type_:A'}}}}}}",
      { components: { schemas: { A: { discriminator: { mapping: { a: "#/components/schemas/A" } } } } } },
    ],
    [
      "component-names",
      "{components: {schemas: {'type_:A': {items: {$ref: '#/components/schemas/type_%3AA/properties/b'}}}}}",
      { components: { schemas: { A: { items: { $ref: "#/components/schemas/A/properties/b" } } } } },
    ],
  ])("%s fixes %s", (id, published, want) => {
    const { document, changes } = repaired(id, published);
    expect(document).toEqual(want);
    expect(changes.length).toBeGreaterThan(0);
  });

  it.each([
    ["enum-member-objects", "{enum: [{value: a, minimum: 1}, {other: a}, {value: {deep: 1}}]}"],
    ["nested-tags", "{paths: {/a: {get: {tags: [x]}}}}"],
    ["empty-content", "{requestBody: {content: {}}, responses: {'200': {content: {a/b: {}}}}}"],
    [
      "qualified-operation-id",
      "{info: {version: endpoint_a.list}, paths: {/a: {get: {operationId: other}}}}",
    ],
    [
      "qualified-operation-id",
      "{info: {version: endpoint_.other}, paths: {/a: {get: {operationId: other}}}}",
    ],
    ["overlapping-one-of", "{oneOf: [{type: string}, {type: [integer, 'null']}]}"],
    ["overlapping-one-of", "{oneOf: [{const: a}, {enum: [b, c]}]}"],
    [
      "overlapping-one-of",
      "{components: {schemas: {A: {type: object, required: [k], properties: {k: {const: a}}}, B: {type: object, required: [k], properties: {k: {enum: [b]}}}}}, oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}, {type: 'null'}]}",
    ],
    [
      "overlapping-one-of",
      "{oneOf: [{allOf: [{type: string}, {maxLength: 3}]}, {anyOf: [{type: number}, {type: boolean}]}]}",
    ],
    ["info-version", "{info: {version: 1.0.0}}"],
    ["server-from-heading", "{servers: [{url: /}], paths: {}}"],
    ["component-names", "{components: {schemas: {A: {}, a.b-c_d: {}}}}"],
  ])("%s leaves %s alone and says so", (id, published) => {
    const { document, changes } = repaired(id, published);
    expect(document).toEqual(parse(published));
    expect(changes).toEqual([]);
  });

  it("refuses two components that would get the same name", () => {
    const clash = "{components: {schemas: {'type_:A': {}, A: {}}}}";
    expect(() => repaired("component-names", clash)).toThrow(/both be called "A".*"A"/);
  });

  it("refuses a heading line that belongs to no path", () => {
    expect(() => repaired("server-from-heading", "{paths: {/other: {}}}")).toThrow(/page\.md:2: .* no path/);
  });
});
