/** Documents that cost a reader or a maker of values more than it has, if it lets them: by what is hostile about them. */
export const hostileDocuments: Readonly<Record<string, () => string>> = {
  ...inBody({
    "two unique items of one value": {
      type: "array",
      uniqueItems: true,
      minItems: 2,
      items: { enum: ["a"] },
    },
    "1e6 unique booleans": { type: "array", uniqueItems: true, minItems: 1e6, items: { type: "boolean" } },
    "10,000 unique strings": {
      type: "array",
      uniqueItems: true,
      minItems: 10_000,
      items: { type: "string" },
    },
    "multipleOf 1e-20": { type: "number", multipleOf: 1e-20 },
    "an integer that is a multipleOf 1e-300": { type: "integer", multipleOf: 1e-300, minimum: 1e300 },
    "multipleOf 1e300": { type: "number", multipleOf: 1e300, minimum: 1 },
    "minItems -1": { type: "array", minItems: -1, items: { type: "string" } },
    "minItems 1e9": { type: "array", minItems: 1e9, items: { type: "string" } },
    "minItems 1e300": { type: "array", minItems: 1e300 },
    "maxItems 1e9": { type: "array", maxItems: 1e9, items: { type: "string" } },
    "minItems 3000 in minItems 3000": listOf(3_000, listOf(3_000, { type: "string" })),
    "minItems 30, six deep": sixDeep(30),
    "minContains 1e9": { type: "array", contains: { const: 1 }, minContains: 1e9 },
    "minLength 1e9": { type: "string", minLength: 1e9 },
    "minLength 5e7": { type: "string", minLength: 5e7 },
    "maxLength 5e7": { type: "string", maxLength: 5e7 },
    "minLength 1.5": { type: "string", minLength: 1.5 },
    "minLength -1": { type: "string", minLength: -1 },
    "minProperties 1e8": { type: "object", minProperties: 1e8 },
    "maxProperties 1e8": { type: "object", maxProperties: 1e8 },
    "a pattern of a million": { type: "string", pattern: "^a{1000000}$" },
    "a pattern of a thousand thousands": { type: "string", pattern: "^(a{1000}){1000}$" },
    "a pattern of nested repetitions": { type: "string", pattern: "^((((a{100}){100}){100}){100})$" },
    "a pattern that backtracks": { type: "string", pattern: "^(a+)+$", minLength: 40 },
    "a pattern of 10,000 alternatives": {
      type: "string",
      pattern: `^(${Array.from({ length: 10_000 }, (_, index) => `value${index}`).join("|")})$`,
    },
    "a pattern and a length that no text has": { type: "string", pattern: "^[a-z]{3}$", minLength: 100_000 },
    "100,000 enum values": { enum: Array.from({ length: 100_000 }, (_, index) => `value${index}`) },
    "enum values of a megabyte": { enum: ["x".repeat(1e6), "y".repeat(1e6)] },
    "3,000 required properties": objectWith(3_000, { type: "string" }),
    "20,000 optional properties": { ...objectWith(20_000, { type: "integer" }), required: [] },
    "a property that is required and described by 3,000 allOf": {
      allOf: Array.from({ length: 3_000 }, (_, index) => ({ required: [`p${index}`] })),
    },
    "3,000 oneOf branches": {
      oneOf: Array.from({ length: 3_000 }, (_, index) => ({ properties: { kind: { const: index } } })),
    },
    "ten anyOf of ten branches each": {
      allOf: Array.from({ length: 10 }, () => ({
        anyOf: Array.from({ length: 10 }, (_, index) => ({ type: "string", minLength: index })),
      })),
    },
    "3,000 dependentRequired": {
      ...objectWith(300, { type: "string" }),
      dependentRequired: Object.fromEntries(
        Array.from({ length: 3_000 }, (_, index) => [`d${index}`, ["p1"]]),
      ),
    },
    "nested 100 deep": nested(100),
    "nested 2,000 deep": nested(2_000),
    "bounds that contradict each other": { type: "integer", minimum: 10, maximum: 1 },
    "no type that is any": { allOf: [{ type: "string" }, { type: "number" }] },
    "a default of a megabyte": { type: "string", default: "x".repeat(1e6) },
    "not anything": { not: {} },
    "a name of a megabyte": { type: "object", required: ["n".repeat(1e6)] },
    "a name that is no text": {
      type: "object",
      required: ["\ud800"],
      properties: { "\ud800": { const: "\ud800" } },
    },
    "patternProperties that backtrack": {
      type: "object",
      patternProperties: { "^(a+)+$": { type: "string" } },
      propertyNames: { minLength: 40 },
      minProperties: 1,
    },
    "propertyNames that no name has": { type: "object", minProperties: 5, propertyNames: { enum: ["a"] } },
  }),
  "30 doubled allOf": () => whole({ $ref: "#/components/schemas/S30" }, doubled("allOf", 30)),
  "30 doubled anyOf": () => whole({ $ref: "#/components/schemas/S30" }, doubled("anyOf", 30)),
  "30 doubled properties": () => whole({ $ref: "#/components/schemas/S30" }, doubledProperties(30)),
  "a schema that is its own allOf": () =>
    whole({ $ref: "#/components/schemas/S" }, { S: { allOf: [{ $ref: "#/components/schemas/S" }] } }),
  "a list of itself": () =>
    whole(
      { $ref: "#/components/schemas/S" },
      { S: { type: "array", minItems: 3, items: { $ref: "#/components/schemas/S" } } },
    ),
  "a schema of 10 MB": () =>
    whole({
      type: "object",
      properties: Object.fromEntries(
        Array.from({ length: 40_000 }, (_, index) => [
          `property${index}`,
          { type: "string", description: "x".repeat(200), enum: ["one", "two"] },
        ]),
      ),
    }),
  "2,000 parameters": () =>
    withParameters(
      Array.from({ length: 2_000 }, (_, index) => ({
        name: `p${index}`,
        in: "query",
        schema: { type: "integer", minimum: 1, maximum: 9 },
      })),
    ),
  "2,000 required parameters": () =>
    withParameters(
      Array.from({ length: 2_000 }, (_, index) => ({
        name: `p${index}`,
        in: index % 2 === 0 ? "header" : "query",
        required: true,
        schema: { type: "string", minLength: 2 },
      })),
    ),
  "a parameter of a hundred thousand enum values": () =>
    withParameters([
      {
        name: "p",
        in: "query",
        required: true,
        schema: { enum: Array.from({ length: 100_000 }, (_, index) => `v${index}`) },
      },
    ]),
  "300 operations": () =>
    JSON.stringify({
      openapi: "3.1.0",
      info: { title: "Many", version: "1" },
      paths: Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`/p${index}`, { get: answer }])),
    }),
  "5,000 media types": () =>
    whole(
      { type: "object" },
      {},
      Object.fromEntries(
        Array.from({ length: 5_000 }, (_, index) => [
          `application/x${index}+json`,
          { schema: { type: "object" } },
        ]),
      ),
    ),
  "20,000 levels of JSON": () =>
    `{"openapi":"3.1.0","x":${"[".repeat(20_000)}${"]".repeat(20_000)},"paths":{}}`,
  "20,000 levels of YAML": () => `openapi: 3.1.0\nx: ${"[".repeat(20_000)}${"]".repeat(20_000)}\npaths: {}\n`,
  "aliases that multiply": () =>
    `openapi: 3.1.0\na0: &a0 [x, x, x, x, x, x, x, x, x]\n${Array.from(
      { length: 12 },
      (_, index) => `a${index + 1}: &a${index + 1} [${Array(9).fill(`*a${index}`).join(", ")}]\n`,
    ).join("")}paths: {}\n`,
  "a path of 100,000 characters": () => ofPath(`/${"a".repeat(100_000)}`),
  "a path of 10,000 parameters": () => ofPath(`/${"{a}".repeat(10_000)}`),
  "a path with a blank": () => ofPath("/a b"),
  "a path with a lone surrogate": () => ofPath("/\ud800"),
  "a header with a line end in its name": () =>
    withParameters([{ name: "a\nb", in: "header", required: true, schema: { type: "string" } }]),
  "a lone surrogate as a value": () =>
    withParameters([{ name: "p", in: "query", required: true, schema: { const: "\ud800" } }]),
  "a minimum that is no number": () =>
    `openapi: 3.1.0\ninfo: {title: t, version: "1"}\npaths: {/t: {get: {parameters: [{name: p, in: query, required: true, schema: {type: number, minimum: .nan}}], responses: {"200": {description: ok}}}}}\n`,
  "an infinite minimum": () =>
    `openapi: 3.1.0\ninfo: {title: t, version: "1"}\npaths: {/t: {get: {parameters: [{name: p, in: query, required: true, schema: {type: number, minimum: .inf}}], responses: {"200": {description: ok}}}}}\n`,
  "a description of 9 MB": () => ofPath("/t", { description: "x".repeat(9e6) }),
};

const answer = {
  responses: {
    200: { description: "ok", content: { "application/json": { schema: { type: "object" } } } },
  },
};

function inBody(schemas: Readonly<Record<string, unknown>>): Record<string, () => string> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, () => whole(schema)]));
}

/** One operation that takes a schema, and answers by it. */
function whole(schema: unknown, schemas: object = {}, more: object = {}): string {
  const content = { "application/json": { schema }, ...more };
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Hostile", version: "1" },
    paths: {
      "/t": {
        post: {
          requestBody: { required: true, content },
          responses: { 200: { description: "ok", content } },
        },
      },
    },
    components: { schemas },
  });
}

function withParameters(parameters: readonly object[]): string {
  return ofPath("/t", { parameters });
}

function ofPath(path: string, more: object = {}): string {
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Hostile", version: "1" },
    paths: { [path]: { get: { ...more, ...answer } } },
  });
}

function listOf(length: number, items: object): object {
  return { type: "array", minItems: length, items };
}

function sixDeep(length: number): object {
  return Array.from({ length: 6 }).reduce<object>((items) => listOf(length, items), { type: "string" });
}

function objectWith(count: number, schema: object): object {
  const names = Array.from({ length: count }, (_, index) => `p${index}`);
  return {
    type: "object",
    required: names,
    properties: Object.fromEntries(names.map((name) => [name, schema])),
  };
}

function nested(depth: number): object {
  return Array.from({ length: depth }).reduce<object>(
    (inner) => ({ type: "object", required: ["n"], properties: { n: inner } }),
    { type: "string" },
  );
}

function doubled(keyword: string, depth: number): object {
  return Object.fromEntries(
    Array.from({ length: depth + 1 }, (_, index) => [
      `S${index}`,
      index === 0
        ? { type: "object" }
        : { [keyword]: Array(2).fill({ $ref: `#/components/schemas/S${index - 1}` }) },
    ]),
  );
}

function doubledProperties(depth: number): object {
  return Object.fromEntries(
    Array.from({ length: depth + 1 }, (_, index) => [
      `S${index}`,
      index === 0
        ? { type: "string" }
        : {
            type: "object",
            required: ["a", "b"],
            properties: {
              a: { $ref: `#/components/schemas/S${index - 1}` },
              b: { $ref: `#/components/schemas/S${index - 1}` },
            },
          },
    ]),
  );
}
