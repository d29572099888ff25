import { compile, getSchema, interpret } from "@hyperjump/json-schema/experimental";
import { fromJs } from "@hyperjump/json-schema/instance/experimental";
import {
  registerSchema,
  setShouldValidateFormat,
  setShouldValidateSchema,
  unregisterSchema,
} from "@hyperjump/json-schema/openapi-3-1";
import "@hyperjump/json-schema/formats";
import { isObject, type JsonObject, listOr } from "../contract/json-object.ts";
import { valueAt } from "../contract/json-pointer.ts";
import { discriminated } from "./discriminated.ts";
import { addOpenApiFormats } from "./openapi-formats.ts";

/** Says what is wrong with a value by the schema at `pointer` of the document; undefined when nothing is. */
export type ValueJudge = (pointer: string, value: unknown) => string | undefined;

setShouldValidateFormat(true);
addOpenApiFormats();
// Mutants are documents with a word changed: whether that is good style is nobody's question here.
setShouldValidateSchema(false);

let documents = 0;

/**
 * The provider's own judgement, and that of the mutants (docs/decisions/012-independent-judge.md): a validator that
 * shares no code with the oracle of the harness, so that a mistake there isn't mirrored here.
 *
 * @param document in the form of OpenAPI 3.1, as the reader of documents gives it
 * @param schemas pointers of the schemas that will be judged by; what they contain and refer to may be judged by as well
 */
export async function createValueJudge(
  document: JsonObject,
  direction: "request" | "response",
  schemas: readonly string[],
): Promise<ValueJudge> {
  const base = `https://document-${++documents}.test/`;
  const references = schemas.map((pointer) => ({ $ref: `${base}#${encodeURI(pointer)}` }));
  const root = references.length === 0 ? {} : { allOf: references };
  // Of a document, whose members the type wants to be schemas, only the schemas that are referred to are read.
  const resource = seenFrom(document, direction) as Parameters<typeof registerSchema>[0];
  registerSchema(resource, base, "https://spec.openapis.org/oas/3.1/dialect/base");
  registerSchema(root, `${base}root`, "https://json-schema.org/draft/2020-12/schema");
  try {
    const { ast } = await compile(await getSchema(`${base}root`));
    return (pointer, value) => {
      const at = { ast, schemaUri: `${base}#${encodeURI(pointer)}` };
      // Values come out of JSON, which the type asks to be told.
      return interpret(at, fromJs(value as Parameters<typeof fromJs>[0])).valid
        ? undefined
        : `doesn't match the schema at ${pointer}`;
    };
  } finally {
    unregisterSchema(base);
    unregisterSchema(`${base}root`);
  }
}

/**
 * The document with what only the other direction requires left out of `required` (OpenAPI 3.1, section 4.8.24.4), and
 * with what discriminators say.
 */
function seenFrom(document: JsonObject, direction: "request" | "response"): JsonObject {
  const foreign = direction === "request" ? "readOnly" : "writeOnly";
  const see = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(see);
    if (!isObject(value)) return value;
    const seen: Record<string, unknown> = {};
    for (const [key, member] of Object.entries(value)) {
      seen[key] = key === "example" || key === "examples" || key === "default" ? member : see(member);
    }
    const bound = discriminated(document, value);
    if (bound.length > 0) seen["allOf"] = [...listOr(seen["allOf"]), ...bound];
    const { required, properties } = value;
    if (Array.isArray(required) && isObject(properties)) {
      seen["required"] = required.filter((name) => {
        const property = dereferenced(document, properties[String(name)]);
        return !(isObject(property) && property[foreign] === true);
      });
    }
    return seen;
  };
  const view = see(document);
  return isObject(view) ? view : {};
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
