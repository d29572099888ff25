import fc from "fast-check";

/** A schema and values that may match it. */
export interface RandomCase {
  readonly schema: unknown;
  readonly values: readonly unknown[];
}

/** Schemas that random ones may refer to, one of which contains itself. */
export const components = {
  Text: { type: "string", maxLength: 2 },
  Closed: { properties: { a: { type: "integer" } }, additionalProperties: false },
  Tree: {
    properties: {
      a: { $ref: "#/components/schemas/Tree" },
      b: { items: { $ref: "#/components/schemas/Tree" } },
    },
    propertyNames: { maxLength: 1 },
  },
  Choice: { anyOf: [{ required: ["a"], properties: { a: {} } }, { prefixItems: [{ type: "string" }] }] },
} as const;

// Not `__proto__`, which the other validator loses: mended-keywords.test.ts has it.
const names = fc.constantFrom("a", "b", "c", "ab", "toString");
const numbers = fc.oneof(
  fc.integer({ min: -3, max: 6 }),
  fc.constantFrom(0.5, 1.5, 0.1, 0.3, 19.99, 1e3, -0.01, 2 ** 53, 1e21),
);
const texts = fc.constantFrom("", "a", "b", "ab", "abc", "A1", "é", "😀😀", "a b", "2024-01-31");
const scalars = fc.oneof(fc.constant(null), fc.boolean(), numbers, texts);

/** Members in an order of their own. */
const objectOf = (member: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .uniqueArray(fc.tuple(names, member), { maxLength: 3, selector: ([name]) => name })
    .map((entries) => Object.fromEntries(entries));

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, depthSize: "small", withCrossShrink: true },
    scalars,
    fc.array(tie("value"), { maxLength: 4 }),
    objectOf(tie("value")),
  ),
}));

const count = fc.integer({ min: 0, max: 3 });
const types = fc.constantFrom("null", "boolean", "integer", "number", "string", "array", "object");
const nameList = fc.uniqueArray(names, { maxLength: 2 });

/** Each keyword with what may stand behind it; `schema` is a schema within. */
const keywords = (schema: fc.Arbitrary<unknown>): Readonly<Record<string, fc.Arbitrary<unknown>>> => {
  const schemas = fc.array(schema, { minLength: 1, maxLength: 3 });
  return {
    type: fc.oneof(types, fc.uniqueArray(types, { minLength: 1, maxLength: 3 })),
    enum: fc.array(value, { minLength: 1, maxLength: 3 }),
    const: value,
    minimum: numbers,
    maximum: numbers,
    exclusiveMinimum: numbers,
    exclusiveMaximum: numbers,
    // Not tenths, of which the other validator takes binary remainders: is-multiple-of.test.ts has them.
    multipleOf: fc.constantFrom(1, 2, 0.5, 3),
    minLength: count,
    maxLength: count,
    pattern: fc.constantFrom("^a", "b$", "^[ab]*$", "\\d", "^\\p{L}+$", "^(?=a).{2,}$", "(a|b)+c?"),
    minItems: count,
    maxItems: count,
    uniqueItems: fc.boolean(),
    prefixItems: schemas,
    items: schema,
    contains: schema,
    minContains: count,
    maxContains: count,
    minProperties: count,
    maxProperties: count,
    required: nameList,
    properties: objectOf(schema),
    patternProperties: fc.dictionary(fc.constantFrom("^a", "b", "g$"), schema, { maxKeys: 2 }),
    additionalProperties: schema,
    propertyNames: schema,
    dependentRequired: objectOf(nameList),
    dependentSchemas: objectOf(schema),
    unevaluatedProperties: schema,
    unevaluatedItems: schema,
    allOf: schemas,
    anyOf: schemas,
    oneOf: schemas,
    not: schema,
    if: schema,
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: schema,
    else: schema,
    $ref: fc.constantFrom(...Object.keys(components)).map((name) => `#/components/schemas/${name}`),
  };
};

const { schema } = fc.letrec<{ schema: unknown }>((tie) => {
  const values = keywords(tie("schema"));
  const keyword = fc
    .constantFrom(...Object.keys(values))
    .chain((name) => (values[name] ?? fc.constant(true)).map((behind) => [name, behind] as const));
  const some = fc
    .uniqueArray(keyword, { minLength: 1, maxLength: 4, selector: ([name]) => name })
    .map((entries) => Object.fromEntries(entries));
  return { schema: fc.oneof({ maxDepth: 3, depthSize: "small", withCrossShrink: true }, fc.boolean(), some) };
});

export const randomCase: fc.Arbitrary<RandomCase> = fc.record({
  schema,
  values: fc.array(value, { minLength: 1, maxLength: 30, size: "max" }),
});
