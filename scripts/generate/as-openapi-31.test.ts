import { expect, test } from "vitest";
import { asOpenApi31 } from "./as-openapi-31.ts";
import type { JsonObject } from "./json.ts";

const read = (schema: JsonObject) => asOpenApi31({ openapi: "3.0.3", components: { schemas: { schema } } });

test.each<[string, JsonObject, JsonObject]>([
  ["a type that may be null", { type: "string", nullable: true }, { type: ["string", "null"] }],
  ["a type that may not", { type: "string", nullable: false }, { type: "string" }],
  [
    "a combination that may be null",
    { allOf: [{}], nullable: true },
    { anyOf: [{ allOf: [{}] }, { type: "null" }] },
  ],
  ["an exclusive bound", { maximum: 5, exclusiveMaximum: true }, { exclusiveMaximum: 5 }],
  ["an inclusive bound", { minimum: 5, exclusiveMinimum: false }, { minimum: 5 }],
  [
    "properties of such names",
    { properties: { nullable: { type: "boolean" } } },
    { properties: { nullable: { type: "boolean" } } },
  ],
])("%s means the same in OpenAPI 3.1", (_, before, after) => {
  expect(read(before)).toEqual({ openapi: "3.1.0", components: { schemas: { schema: after } } });
});
