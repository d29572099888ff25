import { isObject, type Json, type JsonObject } from "./json.ts";

/**
 * An OpenAPI 3.0 document as 3.1, so that both can be compared with either: only what the two write differently in
 * schemas is rewritten (https://www.openapis.org/blog/2021/02/16/migrating-from-openapi-3-0-to-3-1-0).
 */
export function asOpenApi31(document: JsonObject): JsonObject {
  const { openapi: _, ...rest } = document;
  return { openapi: "3.1.0", ...rewritten(rest) };
}

function rewritten(object: JsonObject): JsonObject {
  const schema = Object.fromEntries(Object.entries(object).map(([key, value]) => [key, inside(value)]));
  for (const bound of ["maximum", "minimum"]) {
    const exclusive = `exclusive${bound.charAt(0).toUpperCase()}${bound.slice(1)}`;
    const limit = schema[bound];
    if (typeof schema[exclusive] !== "boolean") continue;
    if (schema[exclusive] === true && limit !== undefined) {
      schema[exclusive] = limit;
      delete schema[bound];
    } else delete schema[exclusive];
  }
  return typeof schema["nullable"] === "boolean" ? withNull(schema) : schema;
}

function inside(value: Json): Json {
  if (Array.isArray(value)) return value.map(inside);
  return isObject(value) ? rewritten(value) : value;
}

/** `nullable` beside `type` adds to it; beside a combination it is meant for the whole of it. */
function withNull({ nullable, ...schema }: JsonObject): JsonObject {
  if (nullable === false) return schema;
  if (typeof schema["type"] === "string") return { ...schema, type: [schema["type"], "null"] };
  return (schema["allOf"] ?? schema["oneOf"] ?? schema["anyOf"])
    ? { anyOf: [schema, { type: "null" }] }
    : schema;
}
