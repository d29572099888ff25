import { describe, expect, it, test } from "vitest";
import { contractModel } from "./contract-model.ts";
import { emitCallSurface } from "./emit/call-surface.ts";
import { emitOperations } from "./emit/operations.ts";
import type { Json, JsonObject } from "./json.ts";

const ok: JsonObject = { description: "ok", content: { "application/json": { schema: { type: "object" } } } };

/** A contract with one operation, as far as the model reads it. */
function contract(operation: JsonObject, more: JsonObject = {}, template = "/things/{id}"): JsonObject {
  return {
    openapi: "3.1.1",
    servers: [{ url: "https://api.test/v1/" }],
    paths: { [template]: { get: { operationId: "things.get", responses: { 200: ok }, ...operation } } },
    ...more,
  };
}

const parameter = (name: string, place = "path", more: JsonObject = {}): Json => ({
  name,
  in: place,
  required: true,
  schema: { type: "string" },
  ...more,
});

const only = (document: JsonObject) => contractModel(document).operations[0];

test.each([
  ["__proto__.polluted", /every object has a "__proto__"/],
  ["constructor.prototype.polluted", /every object has a "constructor"/],
  ["a.prototype.b", /every object has a "prototype"/],
  ["things.toString", /every object has a "toString"/],
  ["...", /can't be the name of a call/],
])("refuses the operationId %s", (operationId, message) => {
  expect(() => contractModel(contract({ operationId }))).toThrow(message);
});

test.each([
  ["list-all", "listAll"],
  ["kebab-case.list-all-2", "kebabCase.listAll2"],
  [".name", "name"],
  ["a..b", "a.b"],
  ["already_snake", "already_snake"],
])("calls the operationId %s %s", (operationId, id) => {
  const document = contract({ operationId });
  expect(only(document)?.id).toBe(id);
  // Its types are found under the name that the document has.
  expect(only(document)?.type).toBe(`operations[${JSON.stringify(operationId)}]`);
});

test.each(["arguments", "eval", "request", "requestOptions", "await", "2nd"])(
  "gives a path parameter named %s an argument that compiles",
  (name) => {
    const document = contract({ parameters: [parameter(name)] }, {}, `/things/{${name}}`);
    expect(emitCallSurface(contractModel(document))).toContain(`get(_${name}: `);
  },
);

test("imports no type for a word in a description", () => {
  const document = contract(
    { description: "Gives a Voice, and operations[0].", parameters: [parameter("id")] },
    { components: { schemas: { Voice: { type: "object" } } } },
  );
  const surface = emitCallSurface(contractModel(document));
  expect(surface).not.toContain("models.ts");
  expect(surface).toContain('import type { operations } from "./schema.ts"');
});

test.each(["x\r\ninjected", "two words", "x:y", "\u00e9"])("refuses a header named %j", (name) => {
  expect(() => contractModel(contract({ parameters: [parameter(name, "header")] }))).toThrow(
    /can't be the name of a header/,
  );
});

test.each(["//api.test", "/v1", "https://user:secret@api.test", "ftp://api.test", "{base}"])(
  "refuses the server %s, and shows no password",
  (url) => {
    const act = () => contractModel(contract({}, { servers: [{ url }] }));
    expect(act).toThrow(/^servers: .* must be an absolute http: or https: address/);
    expect(act).not.toThrow(/secret/);
  },
);

test("fills a server's variables with their defaults", () => {
  const servers = [{ url: "https://{region}.api.test/", variables: { region: { default: "eu" } } }];
  expect(contractModel(contract({}, { servers })).server).toBe("https://eu.api.test");
});

describe("the key", () => {
  const schemes = {
    header: { type: "apiKey", in: "header", name: "X-Key" },
    query: { type: "apiKey", in: "query", name: "key" },
    cookie: { type: "apiKey", in: "cookie", name: "sid" },
    bearer: { type: "http", scheme: "Bearer" },
    basic: { type: "http", scheme: "basic" },
    oauth: { type: "oauth2", flows: {} },
    digest: { type: "http", scheme: "digest" },
    tls: { type: "mutualTLS" },
  };
  const secured = (security: Json) =>
    contract({ security }, { components: { securitySchemes: schemes }, security: [{ header: [] }] });

  it.each([
    [[{ header: [] }], { name: "X-Key", in: "header", prefix: "" }],
    [[{ query: [] }], { name: "key", in: "query", prefix: "" }],
    [[{ cookie: [] }], { name: "sid", in: "cookie", prefix: "" }],
    [[{ bearer: [] }], { name: "Authorization", in: "header", prefix: "Bearer " }],
    [[{ basic: [] }], { name: "Authorization", in: "basic", prefix: "" }],
    [[{ oauth: ["read"] }], { name: "Authorization", in: "header", prefix: "Bearer " }],
    [[{ digest: [] }, { tls: [], query: [] }, { query: [] }], { name: "key", in: "query", prefix: "" }],
    [[{}, { bearer: [] }], { name: "Authorization", in: "header", prefix: "Bearer " }],
    [[], undefined],
    [[{}], undefined],
  ])("goes where %j says", (security, credential) => {
    expect(only(secured(security))?.credential).toEqual(credential);
  });

  it("goes where the document says when the operation says nothing", () => {
    const { security: _, ...document } = secured([]) as JsonObject & { security: Json };
    const silent = contract(
      {},
      { ...document, paths: contract({})["paths"] ?? {}, security: [{ query: [] }] },
    );
    expect(only(silent)?.credential?.name).toBe("key");
  });

  it.each([[[{ digest: [] }]], [[{ tls: [] }]], [[{ header: [], query: [] }]], [[{ unknown: [] }]]])(
    "is never silently left out: %j is refused",
    (security) => {
      expect(() => contractModel(secured(security))).toThrow(
        /^things\.get: the client supports none of its security schemes/,
      );
    },
  );

  it.each([
    ["Bearer authentication of the form `Bearer <token>`, where token is yours.", "Bearer "],
    ["Header authentication of the form `undefined <token>`", ""],
    ["Use `Token <key>`.", "Token "],
    ["Your API key.", ""],
    [undefined, "Bearer "],
  ])("is in Authorization as its description shows: %j", (description, prefix) => {
    const more = description === undefined ? {} : { description };
    const document = contract({ parameters: [parameter("Authorization", "header", more)] });
    expect(only(document)?.credential).toEqual({ name: "Authorization", in: "header", prefix });
  });

  it("goes into the header that is the credential, of several", () => {
    const parameters = [
      parameter("X-Api-Key-Version", "header"),
      parameter("Idempotency-Key", "header"),
      parameter("X-Api-Key", "header", { required: false }),
      parameter("Authorization", "header", { description: "`Bearer <token>`" }),
    ];
    expect(only(contract({ parameters }))?.credential?.name).toBe("Authorization");
    expect(only(contract({ parameters: parameters.slice(0, 3) }))?.credential?.name).toBe("X-Api-Key");
  });
});

test("takes limits and the safety of repeating from an overlay, and refuses what is none", () => {
  const declared = { "x-max-response-bytes": 10, "x-timeout-seconds": 120, "x-safe-to-repeat": true };
  const rows = emitOperations(contractModel(contract(declared)));
  expect(rows).toMatch(/"maxResponseBytes": 10,\s*"timeoutInSeconds": 120,\s*"isRepeatable": true/);
  for (const [name, value] of [
    ["x-timeout-seconds", 0],
    ["x-max-response-bytes", "10"],
  ] as const)
    expect(() => contractModel(contract({ [name]: value }))).toThrow(`${name} must be a number above 0`);
});

test.each([
  ["get", true],
  ["put", true],
  ["delete", true],
  ["post", false],
  ["patch", false],
])("repeats by itself what is idempotent by its method: %s", (method, isRepeatable) => {
  const document = {
    servers: [{ url: "https://api.test" }],
    paths: { "/a": { [method]: { responses: {} } } },
  };
  expect(only(document)?.isRepeatable).toBe(isRepeatable);
});
