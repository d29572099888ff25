import { describe, expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { Oracle } from "../schema/oracle.ts";
import { bodyExample, parameterExample } from "./example-value.ts";

const list = { type: "array", items: { type: "integer" } };
const point = { type: "object", required: ["x"], properties: { x: { type: "integer" } } };
const body = {
  content: { "application/json": { schema: point }, "application/x-www-form-urlencoded": { schema: point } },
};
const parameters = [
  { name: "exploded", in: "query", schema: list },
  { name: "joined", in: "query", explode: false, schema: list },
  { name: "piped", in: "query", style: "pipeDelimited", explode: false, schema: list },
  { name: "header", in: "header", schema: list },
  { name: "object", in: "header", schema: point },
  { name: "json", in: "query", content: { "application/json": { schema: point } } },
  { name: "number", in: "query", schema: { type: "number" } },
  { name: "text", in: "query", schema: { type: "string" } },
];
const document = {
  openapi: "3.1.0",
  paths: { "/a": { post: { parameters, requestBody: body, responses: {} } } },
};
const contract = readContract(new TextEncoder().encode(JSON.stringify(document)), "a.json");
const oracle = new Oracle(contract);
const operation = contract.operations[0];

describe("an example written as it travels", () => {
  it.each<[string, unknown, unknown]>([
    ["exploded", "1,2,3", [1, 2, 3]],
    ["exploded", "7", [7]],
    ["exploded", [1, 2], [1, 2]],
    ["joined", "1,2,3", [1, 2, 3]],
    ["piped", "1|2", [1, 2]],
    ["header", "1,2", [1, 2]],
    ["object", "x,1", { x: 1 }],
    ["json", '{"x": 1}', { x: 1 }],
    ["number", "2.5", 2.5],
    ["text", "1,2,3", "1,2,3"],
  ])("of the parameter %s: %j means %j", (name, value, meant) => {
    const parameter = operation?.parameters.find((one) => one.name === name);
    if (!parameter) throw new Error(name);
    expect(parameterExample(oracle, parameter, { name: "example", value, pointer: "" })).toEqual({
      value: meant,
    });
  });

  it.each([
    ["exploded", "a,b"],
    ["number", "much"],
    ["json", "{x: 1"],
    ["object", 5],
  ])("of the parameter %s: %j breaks the schema", (name, value) => {
    const parameter = operation?.parameters.find((one) => one.name === name);
    if (!parameter) throw new Error(name);
    expect(parameterExample(oracle, parameter, { name: "example", value, pointer: "" })).toBeUndefined();
  });

  it.each([
    ['{"x": 1}', { x: 1 }, "application/json"],
    ["x=1", { x: 1 }, "application/x-www-form-urlencoded"],
    ['{"x": "y"}', undefined, "application/json"],
    ["no JSON", undefined, "application/json"],
  ])("of a body: %j means %j", (value, meant, name) => {
    const mediaType = operation?.requestBody?.contents.find((one) => one.name === name);
    if (!mediaType) throw new Error(name);
    const read = bodyExample(oracle, mediaType, mediaType.schema, { name: "example", value, pointer: "" });
    expect(read?.value).toEqual(meant);
  });
});
