import { describe, expect, it } from "vitest";
import { ContractError } from "./contract-error.ts";
import { loadContract, readContract } from "./load-contract.ts";

const read = (text: string) => readContract(new TextEncoder().encode(text), "a.yaml");

describe("refuses what it can't judge by, with one sentence", () => {
  it.each([
    ["an empty file", "", /is empty/],
    ["broken YAML", "a: [1", /a\.yaml:\d+:\d+ isn't valid YAML or JSON/],
    ["a list", "- a", /isn't an OpenAPI document/],
    [
      "Swagger 2",
      "swagger: '2.0'",
      /a\.yaml is Swagger 2\.0, which isn't supported: convert it to OpenAPI 3 with .* or on https/,
    ],
    ["no operation", "openapi: 3.1.0\npaths: {}", /has no operation/],
    [
      "a dangling reference",
      "openapi: 3.1.0\npaths: {/a: {get: {responses: {'200': {$ref: '#/nope'}}}}}",
      /a\.yaml:2: the \$ref .* doesn't exist/,
    ],
    [
      "a reference to itself",
      "openapi: 3.1.0\npaths: {/a: {get: {parameters: [{$ref: '#/components/parameters/x'}]}}}\ncomponents: {parameters: {x: {$ref: '#/components/parameters/x'}}}",
      /refers to itself/,
    ],
    [
      "an alias bomb",
      `a: &a [1,1,1,1,1,1,1,1,1,1]\n${"bcdefghi"
        .split("")
        .map((n, i) => `${n}: &${n} [${`*${"abcdefgh"[i]},`.repeat(9)}1]`)
        .join("\n")}`,
      /can't be read/,
    ],
    [
      "JSON nested without end",
      `{"a": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
      /nested more than 200/,
    ],
    [
      "YAML nested without end",
      `a: ${"[".repeat(20_000)}${"]".repeat(20_000)}`,
      /a\.yaml:1: this is nested more than 200/,
    ],
    [
      "YAML nested in blocks",
      Array.from({ length: 300 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n"),
      /a\.yaml:\d+: this is nested more than 200 levels/,
    ],
    ["an alias of what it stands in", "a: &a\n  b: *a", /a\.yaml:\d+: this is nested more than/],
  ])("%s", (_, text, message) => {
    expect(() => read(text)).toThrow(ContractError);
    expect(() => read(text)).toThrow(message);
  });

  it("a file that isn't there", async () => {
    await expect(loadContract("/nowhere/x.yaml")).rejects.toThrow(
      "The contract /nowhere/x.yaml can't be read: there is no such file.",
    );
  });
});

const sample = `openapi: 3.1.0
info: {title: Sample}
security: [{key: []}]
paths:
  /things/{id}:
    parameters:
      - {name: id, in: path, schema: {type: integer}}
    get:
      parameters:
        - {name: q, in: query, style: pipeDelimited, schema: {type: array}}
        - {name: Accept, in: header, schema: {type: string}}
      responses:
        2xx: {description: ok, content: {application/json: {schema: {$ref: 'other.yaml#/x'}}}}
    post:
      security: []
      requestBody: {required: true, content: {application/json: {schema: {type: object}}}}
      responses: {default: {description: any}}
components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
`;

it("reads operations with the parameters of their path, their security and their answers", () => {
  const contract = read(sample);
  const [get, post] = contract.operations;
  expect([get?.id, post?.id]).toEqual(["GET /things/{id}", "POST /things/{id}"]);
  expect(
    get?.parameters.map(({ name, required, style, explode }) => [name, required, style, explode]),
  ).toEqual([
    ["id", true, "simple", false],
    ["q", false, "pipeDelimited", false],
  ]);
  expect(get?.security).toEqual([["key"]]);
  expect(post?.security).toEqual([]);
  expect(get?.responses.map(({ status }) => status)).toEqual(["2XX"]);
});

it("reports what it leaves out", () => {
  expect(read(sample).notJudged.map(({ reason }) => reason)).toEqual([
    "the reference other.yaml#/x leaves the document, so it isn't followed",
    "OpenAPI ignores a header parameter called Accept",
  ]);
});

it.each([
  ["YAML", sample, "/paths/~1things~1{id}/get/parameters/0", 10],
  ["YAML, a place that isn't there", sample, "/paths/~1things~1{id}/put", 5],
  [
    "JSON",
    '{\n "openapi": "3.0.3",\n "paths": {\n  "/a": {\n   "get": {"x": [1,\n 2], "responses": {}}\n  }\n }\n}',
    "/paths/~1a/get/x/1",
    6,
  ],
])("knows the line of a place in %s", (_, text, pointer, line) => {
  expect(read(text).place(pointer)).toEqual({ line });
});
