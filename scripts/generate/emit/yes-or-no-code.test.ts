import { Ajv2020, type Options } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { yesOrNoCode } from "./yes-or-no-code.ts";

/** Ajv's code for a schema, laid out as the validators are. */
function ajvCode(schema: object, options: Options = {}): string {
  const ajv = new Ajv2020({
    code: { source: true, lines: true },
    messages: false,
    strict: false,
    ...options,
  });
  return standaloneCode.default(ajv, ajv.compile(schema));
}

/** Runs CommonJS code that Ajv wrote from a schema of this file. */
function load(code: string): (data: unknown) => boolean {
  const module: { exports: { default?: (data: unknown) => boolean } } = { exports: {} };
  new Function("module", "exports", "require", code)(module, module.exports, () => ({
    default: (text: string) => [...text].length,
  }));
  const { default: validate } = module.exports;
  if (!validate) throw new Error("no validator");
  return validate;
}

const text = { type: "string", minLength: 1 };
const whole = { type: "integer", minimum: 0 };

const schemas: Readonly<Record<string, object>> = {
  "a flat object": { type: "object", required: ["a", 'b) && "c'], properties: { a: text, b: whole } },
  "a closed object": {
    type: "object",
    additionalProperties: false,
    properties: { a: text, b: { enum: [1, "a"] } },
  },
  "alternatives that may overlap": { anyOf: [text, whole, { type: "object", required: ["a"] }] },
  "alternatives of which one holds": {
    oneOf: [whole, { type: "number" }, { type: "object", required: ["b"] }],
  },
  "a recursive tree": {
    $ref: "#/$defs/node",
    $defs: {
      node: {
        type: "object",
        properties: { a: { $ref: "#/$defs/node" }, b: { type: "array", items: text } },
      },
    },
  },
  conditions: {
    type: "object",
    if: { required: ["a"] },
    // biome-ignore lint/suspicious/noThenProperty: it is JSON Schema's keyword.
    then: { required: ["b"] },
    not: { required: ["c"] },
  },
  "names and counts": {
    propertyNames: { pattern: "^[ab]$" },
    contains: whole,
    minContains: 2,
    uniqueItems: true,
  },
};

const leaf = fc.oneof(fc.constantFrom("", "a", 0, 1, -1, 0.5, true, null), fc.string(), fc.integer());
const value = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 3 }, leaf, tie("object"), tie("array")),
  object: fc.dictionary(fc.constantFrom("a", "b", "c", 'b) && "c'), tie("any"), { maxKeys: 3 }),
  array: fc.array(tie("any"), { maxLength: 3 }),
})).any;

test.each(Object.entries(schemas))("answers as Ajv does for %s, and explains nothing", (_, schema) => {
  const code = ajvCode(schema);
  const shorter = yesOrNoCode(code);
  expect(shorter).not.toMatch(/vErrors|\.errors|instancePath|evaluated|missing\d/);
  const [whole, brief] = [load(code), load(shorter)];
  const answers = new Set<boolean>();
  fc.assert(
    fc.property(value, (data) => {
      const answer = whole(data);
      answers.add(answer);
      return brief(data) === answer;
    }),
    { seed: 1, numRuns: 500 },
  );
  expect(answers).toEqual(new Set([true, false]));
});

test("leaves what a schema needs to know of its evaluated properties, and still answers as Ajv does", () => {
  const code = ajvCode({
    type: "object",
    anyOf: [{ properties: { a: text }, required: ["a"] }, { $ref: "#/$defs/b" }],
    unevaluatedProperties: false,
    $defs: { b: { properties: { b: whole }, required: ["b"] } },
  });
  const shorter = yesOrNoCode(code);
  expect(shorter).toContain("evaluated");
  const [whole_, brief] = [load(code), load(shorter)];
  fc.assert(
    fc.property(value, (data) => whole_(data) === brief(data)),
    { seed: 1, numRuns: 500 },
  );
});

test("leaves code whose explanations are read", () => {
  const code = ajvCode({ type: "array", items: text }, { allErrors: true }).replace(
    "return errors === 0;",
    "return vErrors === null;",
  );
  expect(yesOrNoCode(code)).toContain("vErrors");
});
