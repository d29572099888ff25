import { describe, expect, it } from "vitest";
import { readContract } from "./load-contract.ts";
import { PathTable } from "./match-operation.ts";

function read(document: object, openapi = "3.2.0") {
  return readContract(new TextEncoder().encode(JSON.stringify({ openapi, ...document })), "a.json");
}
const told = (document: object) => read(document).notJudged.map(({ reason }) => reason);
const get = (operation: object, path = "/a") => ({ paths: { [path]: { get: operation } } });

describe("OpenAPI 3.2", () => {
  it("has the method QUERY, with a body, and further ones", () => {
    const requestBody = { content: { "application/json": {} } };
    const item = {
      query: { requestBody },
      additionalOperations: { LINK: { operationId: "link" }, POST: {}, "NO TOKEN": {} },
    };
    const contract = read({ paths: { "/a": item } });
    expect(contract.operations.map(({ id, pointer }) => [id, pointer])).toEqual([
      ["QUERY /a", "/paths/~1a/query"],
      ["LINK /a", "/paths/~1a/additionalOperations/LINK"],
    ]);
    expect(contract.operations[0]?.requestBody?.contents).toHaveLength(1);
    expect(contract.notJudged.map(({ reason }) => reason)).toEqual([
      '"POST" isn\'t the name of an additional method, so the operation is ignored',
      '"NO TOKEN" isn\'t the name of an additional method, so the operation is ignored',
    ]);
  });

  it("describes a whole query as the form of an object", () => {
    const content = { "application/x-www-form-urlencoded": { schema: { type: "object" } } };
    const { operations } = read(get({ parameters: [{ name: "any", in: "querystring", content }] }));
    expect(operations[0]?.parameters[0]).toMatchObject({
      in: "query",
      style: "form",
      explode: true,
      schema: "/paths/~1a/get/parameters/0/content/application~1x-www-form-urlencoded/schema",
    });
  });

  it.each(["application/jsonpath", "application/x-www-form-urlencoded"])(
    "tells of a query as %s of no object",
    (type) => {
      const content = { [type]: { schema: { type: "string" } } };
      const document = get({ parameters: [{ name: "any", in: "querystring", required: true, content }] });
      expect(told(document)[0]).toContain(
        `not as ${type}: requests are sent without it, though it is required`,
      );
    },
  );

  it("describes the items of a sequence, by a media type that is referred to", () => {
    const responses = {
      200: { content: { "application/jsonl": { $ref: "#/components/mediaTypes/lines" } } },
    };
    const lines = { itemSchema: { type: "object" } };
    const contract = read({ ...get({ responses }), components: { mediaTypes: { lines } } });
    const itemSchema = "/components/mediaTypes/lines/itemSchema";
    expect(contract.operations[0]?.responses[0]?.contents[0]).toMatchObject({
      itemSchema,
      schema: itemSchema,
    });
  });

  it("reports what isn't used for judging", () => {
    const content = {
      "text/event-stream": { itemSchema: {} },
      "multipart/mixed": { prefixEncoding: [], itemEncoding: {} },
    };
    expect(told(get({ responses: { 200: { content } } })).sort()).toEqual([
      "the itemEncoding of multipart/mixed isn't supported, so nothing is checked against it",
      "the itemSchema of text/event-stream isn't supported, so nothing is checked against it",
      "the prefixEncoding of multipart/mixed isn't supported, so nothing is checked against it",
    ]);
  });
});

describe("paths and their parameters", () => {
  const path = (name: string) => ({ name, in: "path", required: true, schema: { type: "integer" } });
  const parametersOf = (template: string, ...names: string[]) => {
    const contract = read(get({ parameters: names.map(path) }, template));
    return {
      names: contract.operations[0]?.parameters.map(({ name, schema }) => [name, schema !== undefined]),
      told: contract.notJudged.map(({ reason }) => reason).join("\n"),
    };
  };

  it.each([
    ["/{accountId}", "account_id"],
    ["/{account-id}", "AccountID"],
  ])("treat %s and a parameter called %s as the same, and report it", (template, name) => {
    const read = parametersOf(template, name);
    expect(read.names).toEqual([[template.slice(2, -1), true]]);
    expect(read.told).toContain(`the parameter is called ${name}: they are treated as the same`);
  });

  it("take no chance between two", () => {
    const read = parametersOf("/{aB}", "a_b", "a-b");
    expect(read.names).toEqual([["aB", false]]);
    expect(read.told).toMatch(/any text is sent for it\n.*no place for the parameter a_b.*\n.*a-b/);
  });

  it("need no telling when they agree", () => {
    expect(parametersOf("/{a}/{b}", "b", "a")).toEqual({
      names: [
        ["a", true],
        ["b", true],
      ],
      told: "",
    });
  });

  it("are matched without their query, and distinguished by it", () => {
    expect(told(get({}, "/a?kind=b"))[0]).toContain("contains a query");
    expect(new PathTable(["/a?kind=b"]).match("/a")?.path).toBe("/a?kind=b");
    const table = new PathTable([
      "/a?kind=a",
      "/a?kind=b&deep",
      "/a?kind=b",
      "/{x}",
      "/b?kind=a",
      "/b?kind=b",
    ]);
    const found = (target: string) => table.match(target)?.path;
    expect(found("/a?x=1&kind=b")).toBe("/a?kind=b");
    expect(found("/a?deep=&kind=b")).toBe("/a?kind=b&deep");
    expect(found("/a?kind=%61")).toBe("/a?kind=a");
    expect(found("/a?kind=c")).toBe("/{x}");
    expect(new PathTable(["/b?kind=a", "/b?kind=b"]).match("/b?kind=c")).toBeUndefined();
  });

  it("carry no fragment", () => {
    expect(told(get({}, "/a#list"))[0]).toContain("contains a fragment");
    expect(new PathTable(["/a#list"]).match("/a")?.path).toBe("/a#list");
  });
});

describe("servers", () => {
  const servers = (url: string) => [{ url }];
  const urls = (document: object) => read(document).operations[0]?.servers.map(({ url }) => url);

  it("are those of the operation, of the path, of the document, or none", () => {
    const own = { get: { servers: servers("/own") }, servers: servers("/path") };
    expect(urls({ paths: { "/a": own }, servers: servers("/all") })).toEqual(["/own"]);
    expect(urls({ paths: { "/a": { ...own, get: {} } }, servers: servers("/all") })).toEqual(["/path"]);
    expect(urls({ paths: { "/a": { get: {} } }, servers: servers("/all") })).toEqual(["/all"]);
    expect(urls({ paths: { "/a": { get: {}, servers: [] } } })).toEqual(["/"]);
  });

  it("have variables with defaults and allowed values", () => {
    const variables = { host: { default: "eu", enum: ["eu", "us"] }, port: { default: 80 } };
    const [server] =
      read({ ...get({}), servers: [{ url: "https://{host}:{port}", variables }] }).operations[0]?.servers ??
      [];
    expect([...(server?.variables ?? [])]).toEqual([
      ["host", { default: "eu", values: ["eu", "us"] }],
      ["port", { default: "80" }],
    ]);
  });
});

describe("harmless violations of JSON Schema are reported, not fatal", () => {
  it.each<[string, object, object, RegExp]>([
    [
      "a name twice in required",
      { required: ["a", "a"] },
      { required: ["a"] },
      /^required lists a value twice/,
    ],
    ["a type twice", { type: ["string", "string"] }, { type: ["string"] }, /^type lists a value twice/],
    ["required of draft 3", { required: true }, {}, /^required must be a list/],
    ["$recursiveAnchor", { $recursiveAnchor: true }, {}, /^\$recursiveAnchor is unknown/],
    ["a keyword left empty", { pattern: null, items: null }, {}, /^pattern has no value/],
    ["a title of another type", { title: 5, readOnly: "yes" }, {}, /^title must be a string/],
    [
      "a property left empty",
      { properties: { a: null } },
      { properties: { a: {} } },
      /any value is accepted/,
    ],
    [
      "what is data",
      { const: null, default: null, enum: [null, null] },
      { const: null, default: null, enum: [null, null] },
      /^$/,
    ],
  ])("%s", (_, schema, left, reason) => {
    const contract = read({ ...get({}), components: { schemas: { it: schema } } });
    expect(contract.resolve("/components/schemas/it").value).toEqual(left);
    expect(contract.notJudged[0]?.reason ?? "").toMatch(reason);
  });
});
