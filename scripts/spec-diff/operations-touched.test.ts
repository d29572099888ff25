import { expect, test } from "vitest";
import type { JsonObject } from "../generate/json.ts";
import { nameParameter } from "./name-parameter.ts";
import { operationsTouched } from "./operations-touched.ts";

const document: JsonObject = {
  paths: {
    "/things/{id}": {
      parameters: [{ $ref: "#/components/parameters/Id" }, { name: "lang", in: "query", schema: {} }],
      get: { responses: { "200": { description: "ok" } } },
      put: { parameters: [{ name: "X-Mode", in: "header", schema: {} }], responses: {} },
    },
    "/other": { get: { responses: {} } },
  },
  components: { parameters: { Id: { name: "id", in: "path", schema: {} } } },
};
const both = ["GET /things/{id}", "PUT /things/{id}"];

test.each([
  ["a path's own parameter", ["paths", "/things/{id}", "parameters", 1, "schema"], both, "request"],
  ["a component that it refers to", ["components", "parameters", "Id", "schema"], both, "request"],
  ["an operation's parameter", ["paths", "/things/{id}", "put", "parameters", 0], both.slice(1), "request"],
  ["an answer", ["paths", "/things/{id}", "get", "responses", "200"], both.slice(0, 1), "response"],
])("%s touches the operations that use it", (_, path, operations, direction) => {
  const usage = operationsTouched(document)(path);
  expect(usage).toEqual({ operations, directions: new Set([direction]) });
});

test.each([
  [["paths", "/things/{id}", "parameters", 1, "schema"], "Type changed (query parameter `lang`)."],
  [["components", "parameters", "Id", "schema"], "Type changed (path parameter `id`)."],
  [["components", "schemas", "Id"], "Type changed."],
])("a sentence about a parameter names it: %s", (path, sentence) => {
  expect(nameParameter("Type changed.", document, path)).toBe(sentence);
});
