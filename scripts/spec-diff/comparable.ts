import { fromPointer, isObject, type Json, type JsonObject, type Path, valueAt } from "../generate/json.ts";
import { withMarkedNull } from "./marked-null.ts";
import { withoutDefaults } from "./without-defaults.ts";

/**
 * The same contract without what `redocly diff` looks past: path items that are kept as components (OpenAPI 3.1
 * §4.8.9, `$ref`) stand under their path, a schema that is only `true` or `false` (JSON Schema 2020-12 §4.3.2) is the
 * object that means the same, that a value may be null is said in one way, and what holds anyway isn't said.
 */
export function comparable(document: JsonObject): JsonObject {
  const copy = structuredClone(document);
  const paths = copy["paths"];
  if (isObject(paths))
    for (const [template, item] of Object.entries(paths)) {
      const target = isObject(item) ? referenced(copy, item) : undefined;
      if (target !== undefined) paths[template] = structuredClone(target);
    }
  return withoutBooleanSchemas(copy);
}

/** Where a place of the comparable contract stands in the contract itself. */
export function originalPath(document: JsonObject, path: Path): Path {
  const [paths, template, ...rest] = path;
  if (paths !== "paths" || template === undefined) return path;
  const reference = valueAt(document, ["paths", template, "$ref"]);
  return typeof reference === "string" ? [...fromPointer(reference), ...rest] : path;
}

function referenced(document: JsonObject, item: JsonObject): Json | undefined {
  const reference = item["$ref"];
  return typeof reference === "string" ? valueAt(document, fromPointer(reference)) : undefined;
}

const schemaMaps = new Set(["properties", "patternProperties"]);
const schemaLists = new Set(["oneOf", "anyOf", "allOf", "prefixItems"]);

/** @param named whether the object's keys are names of somebody's choice rather than keywords */
function withoutBooleanSchemas(value: JsonObject, named = false): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      const isMap = !named && schemaMaps.has(key);
      if (named || key === "schema") return [key, objectSchema(member)];
      if (Array.isArray(member))
        return [key, member.map(schemaLists.has(key) ? objectSchema : (item) => nested(item, false))];
      return [key, nested(member, isMap)];
    }),
  );
}

function objectSchema(schema: Json): Json {
  if (typeof schema === "boolean") return schema ? {} : { not: {} };
  return nested(schema, false);
}

function nested(value: Json, named: boolean): Json {
  if (Array.isArray(value)) return value.map((item) => nested(item, false));
  return isObject(value)
    ? withoutBooleanSchemas(named ? value : withMarkedNull(withoutDefaults(value)), named)
    : value;
}
