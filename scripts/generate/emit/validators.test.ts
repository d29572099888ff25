import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { projectRoot } from "../../project-root.ts";
import { contractModel } from "../contract-model.ts";
import { emitValidators } from "./validators.ts";

type Validate = (value: unknown) => boolean;
type Validators = Readonly<Record<string, Validate>>;

/** Validators of these schemas, compiled ahead and run as the client runs them. */
async function compiled(schemas: Readonly<Record<string, object>>, components: object = {}) {
  const paths = Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      `/${name}`,
      {
        get: {
          operationId: `all.${name.replaceAll("-", "_")}`,
          responses: { 200: { description: "", content: { "application/json": { schema } } } },
        },
      },
    ]),
  );
  const model = contractModel({
    ...JSON.parse(JSON.stringify({ openapi: "3.1.0", info: { title: "t", version: "1" }, components })),
    paths,
  });
  const { code, modules, unchecked } = await emitValidators(model, projectRoot);
  const folder = await mkdtemp(join(tmpdir(), "validators-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, "validators"));
  await writeFile(join(folder, "validators.mjs"), code);
  await writeFile(join(folder, "package.json"), '{"type":"module"}');
  for (const [file, text] of modules) await writeFile(join(folder, "validators", file), text);
  const { responseValidators } = (await import(pathToFileURL(join(folder, "validators.mjs")).href)) as {
    responseValidators: Record<string, Validators | (() => Promise<Validators>)>;
  }; // what `emitValidators` writes
  const byName = new Map<string, Validate | undefined>();
  for (const name of Object.keys(schemas)) {
    const own = responseValidators[`all.${name.replaceAll("-", "_")}`];
    const loaded = typeof own === "function" ? await own() : own;
    byName.set(name, loaded?.["200 application/json"]);
  }
  const sizes = [code, ...modules.values()].map((text) => text.length);
  return { byName, unchecked, size: sizes.reduce((sum, size) => sum + size, 0) };
}

/** Values by format, the first list valid and the second not (RFC 3339, 5321, 3986, 6570, 4122, 4648; OpenAPI's registry). */
const values: Readonly<Record<string, readonly [valid: readonly unknown[], invalid: readonly unknown[]]>> = {
  "date-time": [
    ["2026-01-01T00:00:00.123456789012345Z", "2016-12-31T23:59:60Z"],
    ["2026-01-01 00:00:00Z", "2026-01-01T00:00:00+01", "2026-02-30T00:00:00Z"],
  ],
  date: [["2024-02-29"], ["2023-02-29"]],
  email: [['"john doe"@example.com', "o'hara+tag@example.com"], ["a@b@c"]],
  uri: [["mailto:a@b.c"], ["/relative", "https://[1.2.3.4.5]:x/"]],
  "uri-template": [["/{a.b}/it's"], ["/{a"]],
  uuid: [["f81d4fae-7dec-11d0-a765-00a0c91e6bf6"], ["urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"]],
  ipv6: [["::ffff:1.2.3.4"], ["::1::2"]],
  duration: [["P1DT2H"], ["P1YT"]],
  byte: [
    ["YWJj", ""],
    ["YWJ*", "YWJjZ"],
  ],
  int32: [
    [2_147_483_647, "no number"],
    [2_147_483_648, 1.5],
  ],
  int64: [[2 ** 60], [1e30]],
  stardate: [["anything"], []],
  hostname: [
    ["a-b.example", "xn--nothing", "localhost"],
    ["a_b", "-a", "a..b", "a".repeat(64), ""],
  ],
};

it("judge formats as the harness does, include no tables of names, and refuse nothing by an undefined one", async () => {
  const { byName, size } = await compiled(
    Object.fromEntries(Object.keys(values).map((format) => [format, { format }] as const)),
  );
  for (const [format, [valid, invalid]] of Object.entries(values)) {
    const validate = byName.get(format);
    const judged = (list: readonly unknown[]) => list.map((value) => [format, value, validate?.(value)]);
    expect(judged(valid)).toEqual(valid.map((value) => [format, value, true]));
    expect(judged(invalid)).toEqual(invalid.map((value) => [format, value, false]));
  }
  expect(size).toBeGreaterThan(1_000);
  expect(size).toBeLessThan(40_000);
});

it.each<[string, object, valid: readonly unknown[], invalid: readonly unknown[]]>([
  [
    "a branch's items",
    { unevaluatedItems: { type: "boolean" }, anyOf: [{ items: { type: "string" } }, true] },
    [["a"]],
    [],
  ],
  [
    "if without then",
    { if: { required: ["a"], properties: { a: {} } }, else: {}, unevaluatedProperties: false },
    [{ a: 1 }, {}],
    [{ b: 1 }, { a: 1, b: 1 }],
  ],
  [
    "if that fails",
    JSON.parse(
      '{"if":{"required":["a"],"properties":{"a":{},"b":{}}},"then":{"properties":{"c":{}}},"else":{"properties":{"d":{}}},"unevaluatedProperties":false}',
    ),
    [{ a: 1, b: 1, c: 1 }, { d: 1 }],
    [{ b: 1 }, { a: 1, d: 1 }, { c: 1 }],
  ],
  [
    "a plain unevaluatedProperties",
    {
      oneOf: [
        { required: ["a"], properties: { a: {} } },
        { required: ["b"], properties: { b: {} } },
      ],
      unevaluatedProperties: false,
    },
    [{ b: 1 }],
    [{ b: 1, c: 1 }],
  ],
  [
    "__proto__",
    JSON.parse('{"properties":{"__proto__":{"type":"integer"}}}'),
    [JSON.parse('{"__proto__":1}')],
    [JSON.parse('{"__proto__":"x"}')],
  ],
  [
    "toString",
    { required: ["toString"], properties: { constructor: { type: "string" } } },
    [{ toString: 1 }],
    [{}],
  ],
  [
    "a discriminator",
    {
      anyOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
      discriminator: { propertyName: "kind", mapping: { cat: "Cat" } },
    },
    [{ kind: "cat" }, { kind: "Dog" }, {}],
    [{ kind: "fish" }],
  ],
  [
    "a discriminator's value of another branch",
    {
      anyOf: [{ $ref: "#/components/schemas/Bird" }, { $ref: "#/components/schemas/Bee" }],
      discriminator: { propertyName: "kind", mapping: { bird: "#/components/schemas/Bird" } },
    },
    [{ kind: "bird", wings: 2 }, { kind: "Bee", stings: true }, { stings: true }],
    [
      { kind: "bird", stings: true },
      { kind: "Bee", wings: 2 },
      { kind: "Bird", stings: true },
    ],
  ],
])(
  "the client's validators judge as the harness does, or let pass: %s",
  async (_, schema, valid, invalid) => {
    const schemas = {
      Cat: { properties: { kind: { type: "string" } } },
      Dog: { type: "object" },
      Bird: { type: "object", required: ["wings"], properties: { kind: { type: "string" } } },
      Bee: { type: "object", required: ["stings"], properties: { kind: { type: "string" } } },
    };
    const validate = (await compiled({ own: schema }, { schemas })).byName.get("own");
    expect(valid.map((value) => validate?.(value))).toEqual(valid.map(() => true));
    expect(invalid.map((value) => validate?.(value))).toEqual(invalid.map(() => false));
  },
);

it("say what they let through unchecked, and nothing else", async () => {
  const { unchecked } = await compiled({
    contains: { contains: { const: 1 }, unevaluatedItems: false },
    plain: { properties: { a: {} }, unevaluatedProperties: false, format: "hostname" },
    address: { type: "string", format: "iri" },
  });
  expect(unchecked).toEqual([
    expect.stringMatching(
      /^the client's validators don't check unevaluatedItems at \/paths\/~1contains\/.*\/schema, beside contains that/,
    ),
    "the client's validators don't check the format iri, which takes large tables",
  ]);
});
