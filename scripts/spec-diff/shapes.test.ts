import { beforeAll, describe, expect, test } from "vitest";
import { type Json, type JsonObject, toPointer } from "../generate/json.ts";
import { bumps, type RatedChange } from "./change.ts";
import { rateChanges } from "./diff-contracts.ts";
import { caseOf, sideBySide } from "./testing/side-by-side.ts";

/** The same kinds of change in the shapes that `redocly diff` or a reader of one shape alone would look past. */
interface ShapeCase {
  readonly name: string;
  readonly base: JsonObject;
  readonly revision: JsonObject;
}

const text: JsonObject = { type: "string" };
const object = (properties: JsonObject): JsonObject => ({ type: "object", properties });
const json = (schema: Json): JsonObject => ({ "application/json": { schema } });
const ref = (kind: string, name: string): JsonObject => ({ $ref: `#/components/${kind}/${name}` });
const query = (schema: Json, more: JsonObject = {}): JsonObject => ({
  name: "q",
  in: "query",
  schema,
  ...more,
});

interface Parts {
  readonly item?: JsonObject;
  readonly operation?: JsonObject;
  readonly document?: JsonObject;
}

function contract({ item, operation, document }: Parts): JsonObject {
  const post = { operationId: "do", responses: { "204": { description: "done" } }, ...operation };
  return {
    openapi: "3.1.0",
    info: { title: "Shapes", version: "1.0.0" },
    servers: [{ url: "https://api.example.com" }],
    paths: { "/things": item ?? { post } },
    ...document,
  };
}
const between = (name: string, base: Parts, revision: Parts): ShapeCase => ({
  name,
  base: contract(base),
  revision: contract(revision),
});

function answers(name: string, before: Json, after: Json, schemas?: JsonObject): ShapeCase {
  const parts = (schema: Json): Parts => ({
    operation: { responses: { "200": { description: "ok", content: json(schema) } } },
    ...(schemas && { document: { components: { schemas } } }),
  });
  return between(name, parts(before), parts(after));
}

function requests(name: string, before: Json, after: Json, schemas?: JsonObject): ShapeCase {
  const parts = (schema: Json): Parts => ({
    operation: { requestBody: { content: json(schema) } },
    ...(schemas && { document: { components: { schemas } } }),
  });
  return between(name, parts(before), parts(after));
}

const done: JsonObject = { operationId: "do", responses: { "204": { description: "done" } } };
const pathItem = (properties: JsonObject): Parts => ({
  item: ref("pathItems", "Things"),
  document: {
    components: {
      pathItems: { Things: { post: { ...done, requestBody: { content: json(object(properties)) } } } },
    },
  },
});
const underPath = (parameter: JsonObject): Parts => ({ item: { parameters: [parameter], post: done } });
const long = "Lorem ipsum dolor sit amet, consetetur sadipscing elitr, sed diam nonumy. ".repeat(3);
const versions = (...templates: string[]): Parts => ({
  document: {
    paths: Object.fromEntries(
      templates.map((template, index) => [
        template,
        {
          post: {
            ...done,
            operationId: `do${index}`,
            parameters: [...template.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
              name,
              in: "path",
              required: true,
              schema: text,
            })),
          },
        },
      ]),
    ),
  },
});
const union = (discriminator: JsonObject): JsonObject => ({
  oneOf: [object({ kind: { const: "a" } }), object({ kind: { const: "b" } })],
  discriminator,
});
const region = (value: string): Parts => ({
  document: {
    servers: [{ url: "https://{region}.example.com", variables: { region: { default: value } } }],
  },
});
const header = (required: boolean): JsonObject => ({ required, schema: text });
const headed = (value: JsonObject, headers: JsonObject): Parts => ({
  operation: { responses: { "204": { description: "done", headers: { "X-Left": value } } } },
  document: { components: { headers } },
});

const breaking: readonly ShapeCase[] = [
  between(
    "a default of a path's own parameter",
    underPath(query({ ...text, default: "a" })),
    underPath(query({ ...text, default: "b" })),
  ),
  between(
    "a default beside a reference",
    {
      item: { post: { ...done, parameters: [query({ ...ref("schemas", "Sort"), default: "a" })] } },
      document: { components: { schemas: { Sort: text } } },
    },
    {
      item: { post: { ...done, parameters: [query({ ...ref("schemas", "Sort"), default: "b" })] } },
      document: { components: { schemas: { Sort: text } } },
    },
  ),
  requests(
    "a request property gone with the reference that was written out",
    ref("schemas", "T"),
    object({ a: text }),
    { T: object({ a: text, b: text }) },
  ),
  requests(
    "a request property gone with another component in its place",
    ref("schemas", "T"),
    ref("schemas", "U"),
    { T: object({ a: text, b: text }), U: object({ a: text }) },
  ),
  between(
    "a property behind a path item that is a component",
    pathItem({ a: text, b: text }),
    pathItem({ a: text }),
  ),
  between(
    "an answer's header that is another component and optional",
    headed(ref("headers", "A"), { A: header(true), B: header(false) }),
    headed(ref("headers", "B"), { A: header(true), B: header(false) }),
  ),
  answers(
    "an answer's list whose items may be null by anyOf",
    { type: "array", items: ref("schemas", "T") },
    { type: "array", items: { anyOf: [ref("schemas", "T"), { type: "null" }] } },
    { T: object({ a: text }) },
  ),
  answers("a constant that is an object", { const: { a: [1] } }, { const: { a: [2] } }),
  requests("an enum of lists that lost one", { enum: [[1], [2]] }, { enum: [[1]] }),
  answers(
    "properties by pattern",
    { type: "object", patternProperties: { "^x-": text } },
    { type: "object" },
  ),
  answers("a schema that is true", object({ a: text }), object({ a: true })),
  requests("a property that became false", object({ a: text, b: text }), object({ a: text, b: false })),
  answers("another discriminator", union({ propertyName: "kind" }), union({ propertyName: "sort" })),
  answers(
    "prefixItems where there were none",
    { type: "array", items: text },
    { type: "array", prefixItems: [{ type: "integer" }], items: text },
  ),
  answers("a property with a percent sign", object({ "50%": text, "a%41": text }), object({ "50%": text })),
  between("another value of a server's variable", region("eu"), region("us")),
  requests(
    "a request's reference beside which null is no longer allowed",
    { anyOf: [{ allOf: [ref("schemas", "T")] }, { type: "null" }] },
    { allOf: [ref("schemas", "T")] },
    { T: object({ a: text }) },
  ),
  answers(
    "an answer's enum that may be null",
    { enum: ["a"], type: "string" },
    { enum: ["a", null], type: ["string", "null"] },
  ),
  between(
    "a parameter that lost its description and became required",
    { item: { post: { ...done, parameters: [query(text, { description: long })] } } },
    { item: { post: { ...done, parameters: [query(text, { required: true })] } } },
  ),
  between(
    "a parameter gone beside one that got a description",
    { item: { post: { ...done, parameters: [query(text), query(text, { name: "other" })] } } },
    { item: { post: { ...done, parameters: [query(text, { description: long })] } } },
  ),
  requests(
    "a branch that lost a value and got a description",
    { oneOf: [{ type: "string", enum: ["a", "b"] }, { type: "integer" }] },
    { oneOf: [{ type: "integer" }, { type: "string", enum: ["a"], description: long }] },
  ),
  requests(
    "a branch gone",
    { oneOf: [text, { type: "integer" }] },
    { oneOf: [{ ...text, description: long }] },
  ),
  answers(
    "a tuple's position that changed with its description",
    { type: "array", prefixItems: [text, { type: "integer" }] },
    { type: "array", prefixItems: [text, { type: "number", description: long }] },
  ),
  between(
    "a parameter written in another style",
    { item: { post: { ...done, parameters: [query({ type: "array", items: text })] } } },
    { item: { post: { ...done, parameters: [query({ type: "array", items: text }, { explode: false })] } } },
  ),
  between(
    "a version of a path that is gone",
    versions("/v1/things", "/v2/things"),
    versions("/v2/things", "/v3/things"),
  ),
];

const harmless: readonly ShapeCase[] = [
  answers(
    "null written in another way",
    object({ a: { type: ["string", "null"], format: "date" } }),
    object({ a: { oneOf: [{ type: "string", format: "date" }, { type: "null" }] } }),
  ),
  requests("null allowed by oneOf", object({ a: text }), object({ a: { oneOf: [text, { type: "null" }] } })),
  between(
    "a path's own parameter became optional",
    underPath(query(text, { required: true })),
    underPath(query(text)),
  ),
  requests("a reference written out", ref("schemas", "T"), object({ a: text }), { T: object({ a: text }) }),
  answers(
    "null in a value that allowed it before",
    { type: ["string", "null"] },
    { type: ["string", "null"], description: "null where unknown" },
  ),
  answers(
    "an answer's reference beside which null is no longer allowed",
    { anyOf: [{ allOf: [ref("schemas", "T")] }, { type: "null" }] },
    { allOf: [ref("schemas", "T")] },
    { T: object({ a: text }) },
  ),
  answers(
    "null written beside a reference and among others",
    { oneOf: [text, { type: "integer" }, { type: "null" }] },
    { oneOf: [{ type: ["string", "null"] }, { type: "integer" }] },
  ),
  between(
    "a path's parameters with other names, whatever the version of the path",
    versions("/v1/{id}", "/v2/{id}"),
    versions("/v1/{key}", "/v2/{key_of_the_thing}"),
  ),
  between("one more version of a path", versions("/v1/things"), versions("/v1/things", "/v2/things")),
  between(
    "a path's own parameter that moved to its operations",
    underPath(query(text, { description: long })),
    { item: { post: { ...done, parameters: [query(text)] } } },
  ),
  between(
    "a parameter that became a component",
    { item: { post: { ...done, parameters: [query(text)] } } },
    {
      item: { post: { ...done, parameters: [ref("parameters", "Q")] } },
      document: { components: { parameters: { Q: query(text, { description: long }) } } },
    },
  ),
  between(
    "names of headers in another case, with another description",
    {
      item: {
        post: {
          ...done,
          parameters: [{ name: "X-Shop", in: "header", schema: text }],
          responses: { "204": { description: "done", headers: { DNT: header(true) } } },
        },
      },
    },
    {
      item: {
        post: {
          ...done,
          parameters: [{ name: "x-shop", in: "header", schema: text, description: long }],
          responses: { "204": { description: "done", headers: { dnt: header(true) } } },
        },
      },
    },
  ),
  between(
    "what holds anyway said of a parameter",
    { item: { post: { ...done, parameters: [query({ ...text, maxLength: 9 })] } } },
    {
      item: {
        post: {
          ...done,
          parameters: [
            query(
              { ...text, minLength: 0, maxLength: 9, deprecated: false },
              { style: "form", explode: true, required: false, allowReserved: false },
            ),
          ],
        },
      },
    },
  ),
  answers(
    "what holds anyway no longer said",
    { type: "array", items: text, minItems: 0, uniqueItems: false },
    { type: "array", items: text },
  ),
  requests("one more constant that is an object", { enum: [{ a: 1 }] }, { enum: [{ a: 1 }, { a: 2 }] }),
];

let rated: ReadonlyMap<ShapeCase, RatedChange[]>;

beforeAll(async () => {
  const cases = [...breaking, ...harmless];
  const changes = await rateChanges(
    sideBySide(cases.map(({ base }) => base)),
    sideBySide(cases.map(({ revision }) => revision)),
  );
  rated = new Map(
    cases.map((entry, index) => [
      entry,
      changes.filter((change) => caseOf(toPointer(change.base ?? change.revision ?? [])) === index),
    ]),
  );
}, 60_000);

describe("breaking, whatever shape it has", () => {
  test.each(breaking)("$name", (entry) => expect(heaviest(entry)).toBe("major"));
});

describe("harmless, whatever shape it has", () => {
  test.each(harmless)("$name", (entry) => expect(heaviest(entry)).not.toBe("major"));
});

function heaviest(entry: ShapeCase) {
  const changes = rated.get(entry) ?? [];
  return [...bumps].reverse().find((bump) => changes.some((change) => change.bump === bump)) ?? "none";
}
