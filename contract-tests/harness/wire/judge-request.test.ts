import { expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { PathTable } from "../contract/match-operation.ts";
import { Oracle } from "../schema/oracle.ts";
import { judgeRequest } from "./judge-request.ts";

const schema = {
  type: "object",
  required: ["name", "pin"],
  properties: {
    name: { type: "string", maxLength: 5 },
    pin: { type: "integer", maximum: 9999 },
    roles: { type: "array", items: { enum: ["a", "b"] } },
    meta: { type: "object", required: ["n"], properties: { n: { type: "integer" } } },
  },
  additionalProperties: false,
};
const contract = readContract(
  new TextEncoder().encode(
    JSON.stringify({
      openapi: "3.1.0",
      paths: {
        "/a": {
          post: {
            parameters: [
              {
                name: "ids",
                in: "query",
                explode: false,
                schema: { type: "array", items: { type: "integer", maximum: 99 }, maxItems: 3 },
              },
              {
                name: "point",
                in: "query",
                schema: { type: "object", properties: { x: { type: "integer" } } },
              },
              { name: "limit", in: "query", schema: { type: "integer" } },
              { name: "json", in: "query", content: { "application/json": { schema: { type: "object" } } } },
            ],
            requestBody: {
              content: {
                "application/x-www-form-urlencoded": { schema },
                "multipart/form-data": { schema },
                "application/xml": { schema },
              },
            },
            responses: { "200": { description: "" } },
          },
        },
      },
    }),
  ),
  "a.json",
);
const oracle = new Oracle(contract);
const paths = new PathTable(["/a"]);

function judge(path: string, contentType: string, body: string) {
  const { violations, notJudged } = judgeRequest(contract, oracle, paths, {
    method: "POST",
    path,
    headers: [["content-type", contentType]],
    body: new TextEncoder().encode(body),
  });
  return { broken: violations.map(({ pointer }) => pointer.split("/").slice(-3).join("/")), notJudged };
}

const multipart = (fields: readonly (readonly [string, string])[]) =>
  `${fields.map(([name, text]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`).join("")}--x--\r\n`;

it.each([
  ["name=é&pin=12&roles=a&roles=b&meta=%7B%22n%22%3A1%7D", []],
  ["name=5&pin=12", []],
  ["name=x&pin=10000", ["properties/pin/maximum"]],
  ["name=x&pin=1&roles=c", ["roles/items/enum"]],
  ["name=x&pin=1&other=1", ["application~1x-www-form-urlencoded/schema/additionalProperties"]],
  ["name=x", ["application~1x-www-form-urlencoded/schema/required"]],
])("judges the form %s", (body, broken) => {
  expect(judge("/a", "application/x-www-form-urlencoded", body)).toEqual({ broken, notJudged: [] });
});

it("judges the parts of a multipart body, and refuses what isn't one", () => {
  const type = "multipart/form-data; boundary=x";
  const good = multipart([
    ["name", "é\r\n--"],
    ["pin", "12"],
    ["meta", '{"n":1}'],
  ]);
  expect(judge("/a", type, good)).toEqual({ broken: [], notJudged: [] });
  expect(judge("/a", type, good.replace('{"n":1}', '{"n":"1"}')).broken).toEqual(["properties/n/type"]);
  expect(judge("/a", type, good.slice(0, -6)).broken).toEqual(["requestBody/content/multipart~1form-data"]);
  expect(judge("/a", "multipart/form-data", good).broken).toHaveLength(1);
});

it("says of a body that it can't read that it isn't judged", () => {
  expect(judge("/a", "application/xml", "<a/>").notJudged).toHaveLength(1);
});

it("finds the place that a list in a parameter breaks, not that it could be a text", () => {
  const form = (path: string) => judge(path, "application/x-www-form-urlencoded", "name=x&pin=1").broken;
  expect(form("/a?ids=1,100")).toEqual(["schema/items/maximum"]);
  expect(form("/a?ids=1,2,3,4")).toEqual(["0/schema/maxItems"]);
  expect(form("/a?ids=1,2")).toEqual([]);
});

it("doesn't mistake the members of a spread object for a missing parameter", () => {
  const form = (path: string) => judge(path, "application/x-www-form-urlencoded", "name=x&pin=1").broken;
  expect(form("/a?x=1")).toEqual([]);
  expect(form("/a?x=one")).toEqual(["properties/x/type"]);
});

/** The keywords and places of what a request breaks of an operation with these parts. */
function broken(operation: object, path: string, headers: readonly (readonly [string, string])[] = []) {
  const securitySchemes = { key: { type: "apiKey", in: "query", name: "key" } };
  const paths = { "/a": { get: { ...operation, responses: {} } } };
  const own = readContract(
    new TextEncoder().encode(JSON.stringify({ openapi: "3.1.0", paths, components: { securitySchemes } })),
    "a.json",
  );
  const request = { method: "GET", path, headers };
  return judgeRequest(own, new Oracle(own), new PathTable(["/a"]), request).violations.map(
    ({ keyword, name }) => `${keyword} of ${name}`,
  );
}
const query = (name: string, schema: object, more: object = {}) => ({ name, in: "query", schema, ...more });

it("splits before it decodes", () => {
  const parameters = [query("tags", { type: "array", items: { enum: ["a,b", "c"] } }, { explode: false })];
  expect(broken({ parameters }, "/a?tags=a%2Cb,c")).toEqual([]);
  expect(broken({ parameters }, "/a?tags=a,b,c")).toEqual(["enum of tags"]);
  expect(broken({ parameters }, "/a?tags=c,%20c")).toEqual(["enum of tags"]);
});

it("lets no parameter claim a foreign name", () => {
  const words = { allOf: [{ enum: ["a"] }] };
  expect(broken({ parameters: [query("x", words)] }, "/a?utm=1")).toEqual([]);
  expect(broken({ parameters: [query("x", words, { required: true })] }, "/a?utm=1")).toEqual([
    "required of x",
  ]);
  const closed = { type: "object", properties: { a: { type: "integer" } }, additionalProperties: false };
  const other = { type: "object", properties: { b: {} } };
  const parameters = [query("x", closed), query("y", other)];
  expect(broken({ parameters, security: [{ key: [] }] }, "/a?a=1&b=2&key=3")).toEqual([]);
  expect(broken({ parameters }, "/a?a=one&b=2")).toEqual(["type of x"]);
});

it("takes nothing for a required object that may be empty, and for an empty value where it is allowed", () => {
  const object = { type: "object", properties: { a: {} } };
  expect(broken({ parameters: [query("x", object, { required: true })] }, "/a")).toEqual([]);
  const full = { ...object, required: ["a"] };
  expect(broken({ parameters: [query("x", full, { required: true })] }, "/a")).toEqual(["required of x"]);
  const number = { type: "integer" };
  expect(broken({ parameters: [query("x", number, { allowEmptyValue: true })] }, "/a?x=")).toEqual([]);
  expect(broken({ parameters: [query("x", number)] }, "/a?x=")).toEqual(["type of x"]);
});

it("reads nested members of a deep object", () => {
  const item = { type: "object", properties: { price: { type: "integer" } } };
  const items = { type: "object", properties: { items: { type: "array", items: item, maxItems: 2 } } };
  const parameters = [query("x", items, { style: "deepObject" })];
  expect(broken({ parameters }, "/a?x[items][0][price]=1&x[items][1][price]=2")).toEqual([]);
  expect(broken({ parameters }, "/a?x[items][0][price]=one")).toEqual(["type of x"]);
});

it("reads whole numbers exactly, wherever they stand", () => {
  const bound = '{"type": "integer", "format": "int64", "maximum": 9007199254740993}';
  const text = `{"openapi": "3.1.0", "paths": {"/b/{id}": {"post": {
    "parameters": [
      {"name": "id", "in": "path", "required": true, "schema": ${bound}},
      {"name": "ids", "in": "query", "schema": {"type": "array", "uniqueItems": true, "items": ${bound}}},
      {"name": "q", "in": "query", "content": {"application/json": {"schema": {"items": ${bound}}}}}
    ],
    "requestBody": {"content": {
      "application/json": {"schema": {"properties": {"n": ${bound}}}},
      "application/x-www-form-urlencoded": {"schema": {"properties": {"n": ${bound}}}},
      "application/yaml": {"schema": {"properties": {"n": ${bound}}}},
      "application/jsonl": {"schema": {"properties": {"n": ${bound}}}},
      "text/plain": {"schema": ${bound}}
    }},
    "responses": {"200": {"description": ""}}}}}}`;
  const large = readContract(new TextEncoder().encode(text), "b.json");
  const judged = (path: string, contentType: string, body: string) =>
    judgeRequest(large, new Oracle(large), new PathTable(["/b/{id}"]), {
      method: "POST",
      path,
      headers: [["content-type", contentType]],
      body: new TextEncoder().encode(body),
    }).violations.length;
  const [most, more] = ["9007199254740993", "9007199254740994"];
  const requests = (number: string): readonly [string, string, string][] => [
    [`/b/${number}`, "application/json", "{}"],
    [`/b/1?ids=${number}`, "application/json", "{}"],
    [`/b/1?q=%5B${number}%5D`, "application/json", "{}"],
    ["/b/1", "application/json", `{"n": ${number}}`],
    ["/b/1", "application/x-www-form-urlencoded", `n=${number}`],
    ["/b/1", "application/yaml", `n: ${number}`],
    ["/b/1", "application/jsonl", `{"n": 1}\n{"n": ${number}}\n`],
    ["/b/1", "text/plain", number],
  ];
  expect(requests(most).map((request) => judged(...request))).toEqual(requests(most).map(() => 0));
  expect(requests(more).map((request) => judged(...request) > 0)).toEqual(requests(more).map(() => true));
  expect(judged("/b/1?ids=9007199254740992&ids=9007199254740993", "application/json", "{}")).toBe(0);
});

it("names the item of a form's list that breaks its schema, whatever the list's style", () => {
  const ids = { type: "array", items: { type: "integer" } };
  for (const style of [undefined, "form", "pipeDelimited"]) {
    const content = {
      "application/x-www-form-urlencoded": {
        schema: { type: "object", properties: { ids } },
        ...(style && { encoding: { ids: { style, explode: false } } }),
      },
    };
    const document = {
      openapi: "3.1.0",
      paths: { "/a": { post: { requestBody: { content }, responses: {} } } },
    };
    const own = readContract(Buffer.from(JSON.stringify(document)), "a.json");
    const text = style === undefined ? "ids=1&ids=x" : style === "form" ? "ids=1,x" : "ids=1|x";
    const { violations } = judgeRequest(own, new Oracle(own), new PathTable(["/a"]), {
      method: "POST",
      path: "/a",
      headers: [["content-type", "application/x-www-form-urlencoded"]],
      body: Buffer.from(text),
    });
    expect(violations.map(({ name, keyword }) => `${name} ${keyword}`)).toEqual(["/ids/1 type"]);
  }
});
