import { expect, test } from "vitest";
import { contractModel } from "./contract-model.ts";
import type { JsonObject } from "./json.ts";

const inPath = (name: string): JsonObject => ({
  name,
  in: "path",
  required: true,
  schema: { type: "string" },
});
const withSchemas = (schemas: JsonObject): JsonObject => ({ paths: {}, components: { schemas } });

test.each<[string, JsonObject, RegExp]>([
  ["components", withSchemas({ "A-B": {}, A_B: {} }), /components "A-B" and "A_B" would both be called A_B/],
  [
    "enum members",
    withSchemas({ E: { enum: ["a-b", "a_b"] } }),
    /members "a-b" and "a_b" of the enum E would both be called AB/,
  ],
  [
    "path parameters, its own and its path's",
    {
      paths: {
        "/{a-b}/{a_b}": {
          parameters: [inPath("a-b")],
          get: { operationId: "x.get", parameters: [inPath("a_b")] },
        },
      },
    },
    /path parameters "a-b" and "a_b" of x\.get would both be called a_b/,
  ],
])("%s that would have one name in TypeScript are refused", (_, document, message) => {
  expect(() => contractModel(document)).toThrow(message);
});
