import { isObject, type JsonObject } from "./json-object.ts";
import { cloneJson } from "./large-integer.ts";
import { visitObjects } from "./visit-objects.ts";

/**
 * What OpenAPI 3.0 knows of JSON Schema (3.0.3, section 4.7.24); every other keyword is none there. Where others keep
 * schemas to be referred to, references lead all the same: they say nothing about values.
 */
const keywords30 = new Set([
  "$defs",
  "definitions",
  "title",
  "description",
  "multipleOf",
  "maximum",
  "exclusiveMaximum",
  "minimum",
  "exclusiveMinimum",
  "maxLength",
  "minLength",
  "pattern",
  "maxItems",
  "minItems",
  "uniqueItems",
  "maxProperties",
  "minProperties",
  "required",
  "enum",
  "type",
  "allOf",
  "oneOf",
  "anyOf",
  "not",
  "items",
  "properties",
  "additionalProperties",
  "format",
  "default",
  "nullable",
  "discriminator",
  "readOnly",
  "writeOnly",
  "xml",
  "externalDocs",
  "example",
  "deprecated",
]);

/**
 * An OpenAPI 3.0 document as 3.1, so that nothing behind the reader asks for the version. Every part stays where it was:
 * pointers and lines of the document hold in what is returned. `nullable` without a `type` beside it says nothing
 * (3.0.3, Schema Object) and is left in place.
 */
export function asOpenApi31(document: JsonObject): JsonObject {
  const copy: JsonObject = { ...cloneJson(document), openapi: "3.1.0" };
  for (const { kind, value } of visitObjects(copy)) {
    if (kind === "schema") rewriteSchema(value);
    if (kind === "requestBody" || kind === "response") forgetPartStyles(value["content"]);
  }
  return copy;
}

function rewriteSchema(schema: JsonObject & Record<string, unknown>): void {
  // Beside a reference everything is ignored (3.0.3, section 4.7.23).
  const isReference = typeof schema["$ref"] === "string";
  for (const key of Object.keys(schema)) {
    const isKept = isReference ? key === "$ref" : keywords30.has(key) || key.startsWith("x-");
    if (!isKept) delete schema[key];
  }
  for (const [limit, exclusive] of [
    ["minimum", "exclusiveMinimum"],
    ["maximum", "exclusiveMaximum"],
  ] as const) {
    const flag = schema[exclusive];
    if (typeof flag !== "boolean") continue;
    if (flag && schema[limit] !== undefined) {
      schema[exclusive] = schema[limit];
      delete schema[limit];
    } else delete schema[exclusive];
  }
  if (typeof schema["nullable"] === "boolean" && typeof schema["type"] === "string") {
    if (schema["nullable"]) schema["type"] = [schema["type"], "null"];
    delete schema["nullable"];
  }
}

/** `style` and `explode` of an encoding apply to urlencoded forms alone (3.0.3, section 4.7.15). */
function forgetPartStyles(content: unknown): void {
  if (!isObject(content)) return;
  for (const [name, mediaType] of Object.entries(content)) {
    if (!name.startsWith("multipart/") || !isObject(mediaType) || !isObject(mediaType["encoding"])) continue;
    for (const encoding of Object.values(mediaType["encoding"])) {
      if (!isObject(encoding)) continue;
      const part: Record<string, unknown> = encoding;
      delete part["style"];
      delete part["explode"];
    }
  }
}
