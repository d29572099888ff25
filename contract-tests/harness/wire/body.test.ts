import { deflateRawSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { parseMediaType } from "../http/media-type.ts";
import { Oracle } from "../schema/oracle.ts";
import { readBody, whyBodyNotJudged, writeBody } from "./body.ts";

function contextOf(name: string, schema?: object, encoding?: object) {
  const content = { [name]: { ...(schema && { schema }), ...(encoding && { encoding }) } };
  const paths = { "/a": { post: { requestBody: { content }, responses: {} } } };
  const contract = readContract(Buffer.from(JSON.stringify({ openapi: "3.1.0", paths })), "a.json");
  const [mediaType] = contract.operations[0]?.requestBody?.contents ?? [];
  if (!mediaType) throw new Error("no content");
  return { oracle: new Oracle(contract), mediaType };
}

function read(
  context: ReturnType<typeof contextOf>,
  type: string,
  body: string | Uint8Array,
  coding?: string,
) {
  const media = parseMediaType(type);
  if (!media) throw new Error("no media type");
  const headers = coding === undefined ? [] : ([["content-encoding", coding]] as const);
  const reading = readBody(context, Buffer.from(body), headers, media, "request");
  if ("fault" in reading) return reading.fault.kind;
  return "notJudged" in reading ? "not judged" : reading.values.map(({ value }) => value);
}

const text = (body: Uint8Array | undefined) => Buffer.from(body ?? []).toString();
const object = { type: "object" };
const list = (items: object) => ({ type: "array", items });
const fields = (properties: object) => ({ type: "object", properties });

describe("what is written is read back", () => {
  const card = fields({ card: fields({ number: { type: "string" }, exp: list({ type: "integer" }) }) });
  const deep = { card: { style: "deepObject", explode: true } };
  it.each([
    ["application/json", object, { a: [1, "é"] }, undefined],
    ["application/vnd.api+json; version=2", object, { a: 1 }, undefined],
    ["application/x-ndjson", list(object), [{ a: 1 }, { b: 2 }], undefined],
    ["application/json-seq", list(object), [{ a: 1 }, { b: 2 }], undefined],
    ["application/yaml", object, { a: ["yes", 1, null] }, undefined],
    ["text/plain", { type: "integer" }, 12, undefined],
    ["text/plain", { type: "boolean" }, true, undefined],
    ["text/plain; charset=iso-8859-1", { type: "string" }, "é", undefined],
    ["application/x-www-form-urlencoded", card, { card: { number: "4 2&", exp: [1, 2] } }, deep],
    ["application/x-www-form-urlencoded", card, { card: { number: "42" } }, undefined],
    [
      "application/x-www-form-urlencoded",
      fields({ ids: list({ type: "string" }) }),
      { ids: ["a,b", "c"] },
      { ids: { style: "form", explode: false } },
    ],
    [
      "application/x-www-form-urlencoded",
      fields({ ids: list({ type: "string" }) }),
      { ids: ["a", "b c"] },
      { ids: { style: "pipeDelimited", explode: false } },
    ],
    [
      "application/x-www-form-urlencoded",
      fields({ tags: list({ type: "string" }) }),
      { tags: ["x"] },
      undefined,
    ],
    [
      "multipart/form-data",
      fields({ tags: list({ type: "string" }), meta: object }),
      { tags: ["x"], meta: { a: 1 } },
      undefined,
    ],
  ])("%s %j", (name, schema, value, encoding) => {
    const context = contextOf(name, schema, encoding);
    const written = writeBody(context, value);
    expect(read(context, written?.contentType ?? "", written?.body ?? "")).toEqual([value]);
  });
});

it("judges a sequence value by value, unless its schema describes the list", () => {
  expect(read(contextOf("application/jsonl", object), "application/jsonl", '{"a":1}\r\n\n{"b":2}')).toEqual([
    { a: 1 },
    { b: 2 },
  ]);
  expect(read(contextOf("application/jsonl", object), "application/jsonl", '{"a":1}\n{"b":')).toBe(
    "json-syntax",
  );
});

it("sends binary parts as files of a concrete type, each file of a list by itself", () => {
  const file = { type: "string", format: "binary" };
  const schema = fields({
    image: {},
    files: list(file),
    doc: { type: "string", contentMediaType: "application/pdf" },
  });
  const context = contextOf("multipart/form-data", schema, { image: { contentType: "image/*, image/webp" } });
  const body = text(writeBody(context, { image: "i", files: ["a", "b"], doc: "d" })?.body);
  expect(
    body.match(/name="files"; filename="files"\r\nContent-Type: application\/octet-stream/g),
  ).toHaveLength(2);
  expect(body).toContain('name="image"; filename="image"\r\nContent-Type: image/webp');
  expect(body).toContain('name="doc"; filename="doc"\r\nContent-Type: application/pdf');
  const range = contextOf("multipart/form-data", schema, { image: { contentType: "image/*" } });
  expect(text(writeBody(range, { image: "i" })?.body)).toContain("Content-Type: image/png");
});

it.each([
  ["a list without items", "multipart/form-data", fields({ ids: list({}) }), { ids: [] }],
  ["a list of one empty text", "application/x-www-form-urlencoded", fields({ ids: list({}) }), { ids: [""] }],
  ["an object as text", "text/csv", object, { a: 1 }],
  ["an object as bytes", "application/octet-stream", object, { a: 1 }],
  ["half of a surrogate pair", "application/x-www-form-urlencoded", fields({ a: {} }), { a: "\ud83d" }],
])("has no form for %s", (_, name, schema, value) => {
  expect(writeBody(contextOf(name, schema), value)).toBeUndefined();
});

it.each([
  ["text/csv", list({})],
  ["application/octet-stream", object],
  ["application/cbor", object],
  ["application/xml", { type: "string" }],
  ["multipart/mixed", object],
])("reports that %s isn't judged by a schema such as %j", (name, schema) => {
  expect(whyBodyNotJudged(contextOf(name, schema))).toContain(name);
  expect(read(contextOf(name, schema), `${name}; boundary=x`, "a")).toBe("not judged");
});

it("reads a text as what the schema lets through", () => {
  const plain = (schema: object, body: string) => read(contextOf("text/plain", schema), "text/plain", body);
  expect(plain({ type: "integer" }, "12\n")).toEqual([12]);
  expect(plain({ type: "integer" }, "12x")).toEqual(["12x"]);
  expect(plain({ type: ["string", "integer"] }, "12")).toEqual(["12"]);
  expect(plain(list({}), "[1]")).toEqual([[1]]);
  expect(plain(list({}), "a, b")).toBe("not judged");
  const latin = contextOf("text/plain", { type: "string" });
  expect(read(latin, "text/plain; charset=iso-8859-1", new Uint8Array([0xe9]))).toEqual(["é"]);
  expect(read(latin, "text/plain", new Uint8Array([0xe9]))).toBe("utf-8");
  expect(read(latin, "text/plain; charset=klingon", "a")).toBe("charset");
});

describe("says what is wrong with a body", () => {
  const json = contextOf("application/json", object);
  it.each([
    ["json-syntax", "{", undefined],
    ["json-trailing", '{"a":1} x', undefined],
    ["byte-order-mark", "\ufeff{}", undefined],
    ["utf-8", new Uint8Array([0x22, 0xff, 0x22]), undefined],
    ["content-encoding", "{}", "gzip"],
    ["content-encoding", "{}", "x-rot13"],
    ["content-encoding", gzipSync("{}").subarray(0, -4), "gzip"],
  ])("%s", (kind, body, coding) => {
    expect(read(json, "application/json; charset=utf-8", body, coding)).toBe(kind);
  });

  it("and undoes what isn't", () => {
    const coded = deflateRawSync(gzipSync('{"a":1}'));
    expect(read(json, "application/json", coded, "GZIP, deflate, identity")).toEqual([{ a: 1 }]);
  });

  it("of a part that says that it is JSON", () => {
    const body =
      '--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Type: application/json\r\n\r\n{\r\n--x--';
    const context = contextOf("multipart/form-data", fields({ a: object }));
    expect(read(context, "multipart/form-data; boundary=x", body)).toBe("json-syntax");
    expect(read(context, "multipart/form-data", body)).toBe("form-syntax");
  });
});
