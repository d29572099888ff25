import type { ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { isObject, type JsonObject, listOr } from "../../harness/contract/json-object.ts";
import { pointerSteps, valueAt } from "../../harness/contract/json-pointer.ts";

/** Says what is wrong with a value by the schema at `pointer` of the document; undefined when nothing is. */
export type ValueJudge = (pointer: string, value: unknown) => string | undefined;

/**
 * The provider's own judgement, and that of the mutants: Ajv over the document as it stands. It shares nothing with the
 * oracle of the harness, so that a mistake there isn't mirrored here.
 */
export function createValueJudge(document: JsonObject, direction: "request" | "response"): ValueJudge {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, logger: false });
  addFormats.default(ajv);
  ajv.addSchema(seenFrom(document, direction), "contract:");
  const compiled = new Map<string, ValidateFunction>();

  return (pointer, value) => {
    let validate = compiled.get(pointer);
    if (!validate) {
      const fragment = pointerSteps(pointer).map(
        (step) => `/${encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1"))}`,
      );
      validate = ajv.compile({ $ref: `contract:#${fragment.join("")}` });
      compiled.set(pointer, validate);
    }
    if (validate(value)) return undefined;
    const [error] = validate.errors ?? [];
    return `${error?.instancePath ?? ""} ${error?.message ?? "is invalid"}`.trim();
  };
}

/**
 * The document with what only the other direction requires left out of `required` (OpenAPI 3.1, section 4.8.24.4), and
 * with the keywords of 3.0 in their 2020-12 form.
 */
function seenFrom(document: JsonObject, direction: "request" | "response"): JsonObject {
  const foreign = direction === "request" ? "readOnly" : "writeOnly";
  const is30 = String(document["openapi"]).startsWith("3.0");

  const see = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(see);
    if (!isObject(value)) return value;
    const seen: Record<string, unknown> = {};
    for (const [key, member] of Object.entries(value)) {
      seen[key] = key === "example" || key === "examples" || key === "default" ? member : see(member);
    }
    const { required, properties } = value;
    if (Array.isArray(required) && isObject(properties)) {
      seen["required"] = required.filter((name) => {
        const property = dereferenced(document, properties[String(name)]);
        return !(isObject(property) && property[foreign] === true);
      });
    }
    if (is30) toDraft2020(seen);
    return seen;
  };
  const view = see(document);
  return isObject(view) ? view : {};
}

function toDraft2020(schema: Record<string, unknown>): void {
  for (const [bound, exclusive] of [
    ["minimum", "exclusiveMinimum"],
    ["maximum", "exclusiveMaximum"],
  ] as const) {
    if (schema[exclusive] === true) {
      schema[exclusive] = schema[bound];
      delete schema[bound];
    } else if (schema[exclusive] === false) delete schema[exclusive];
  }
  if (schema["nullable"] === true && typeof schema["type"] === "string")
    schema["type"] = [schema["type"], "null"];
}

/** Follows local references from `value` to the object that they mean. */
export function dereferenced(document: JsonObject, value: unknown): unknown {
  let at = value;
  for (let hops = 0; hops < 32 && isObject(at) && typeof at["$ref"] === "string"; hops += 1) {
    at = valueAt(document, decodeURIComponent(at["$ref"].slice(1)));
  }
  return at;
}

/** The JSON types that a schema lets through, as far as they can be read off it; empty: any. */
export function typesOf(document: JsonObject, schema: unknown, depth = 0): ReadonlySet<string> {
  const at = dereferenced(document, schema);
  if (!isObject(at) || depth > 8) return new Set();
  const declared = typeof at["type"] === "string" ? [at["type"]] : listOr(at["type"]).map(String);
  if (declared.length > 0) return new Set(at["nullable"] === true ? [...declared, "null"] : declared);
  const members = at["const"] === undefined ? listOr(at["enum"]) : [at["const"]];
  if (members.length > 0) return new Set(members.map(typeOf));
  const branches = [...listOr(at["allOf"]), ...listOr(at["oneOf"]), ...listOr(at["anyOf"])];
  const types = new Set(branches.flatMap((branch) => [...typesOf(document, branch, depth + 1)]));
  return types.size === 0 && isObject(at["properties"]) ? new Set(["object"]) : types;
}

export function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}
