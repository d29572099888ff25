import { isObject, type JsonObject, listOr } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";

/** Requests leave out readOnly properties, responses writeOnly ones (OpenAPI 3.1, section 4.8.24.4). */
export type Direction = "request" | "response";

export interface Translation {
  readonly direction: Direction;
  /** URI of the schema that `reference`, standing at `pointer`, leads to; undefined when it can't be followed. */
  readonly reference: (reference: string, pointer: string) => string | undefined;
  /** The schema at the end of a property's references, to see whether it is readOnly. */
  readonly follow: (schema: unknown, pointer: string) => unknown;
  /** Remembers where a translated schema came from. */
  readonly remember: (translated: object, pointer: string) => void;
  readonly unsupported: (pointer: string, reason: string) => void;
}

const schemaFields = new Set([
  "items",
  "additionalItems",
  "additionalProperties",
  "contains",
  "contentSchema",
  "else",
  "if",
  "not",
  "propertyNames",
  "then",
  "unevaluatedItems",
  "unevaluatedProperties",
]);
const schemaLists = new Set(["allOf", "anyOf", "oneOf", "prefixItems", "items"]);
const schemaMaps = new Set(["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"]);
/** Taken care of by the resources, or saying nothing about validity. */
const dropped = new Set([
  "$id",
  "$anchor",
  "$dynamicAnchor",
  "$schema",
  "$comment",
  "$vocabulary",
  "discriminator",
  "xml",
  "externalDocs",
  "example",
  "examples",
  "default",
  "nullable", // no keyword of 3.1, but Ajv takes it for one
]);
/** A Schema Object in the form that the oracle compiles: JSON Schema 2020-12, references made absolute. */
export function translateSchema(schema: unknown, pointer: string, to: Translation): JsonObject | boolean {
  if (typeof schema === "boolean") return schema;
  if (!isObject(schema)) return {};
  const translated: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (dropped.has(key)) continue;
    const at = joinPointer(pointer, key);
    if (key === "$ref" || key === "$dynamicRef") {
      if (key === "$dynamicRef")
        to.unsupported(pointer, "the dynamic scope of $dynamicRef isn't followed: it is read as a $ref");
      Object.assign(translated, typeof value === "string" ? refTo(value, pointer, to) : {});
    } else if (schemaLists.has(key) && Array.isArray(value)) {
      translated[key] = value.map((item, index) => translateSchema(item, joinPointer(at, index), to));
    } else if (schemaFields.has(key)) translated[key] = translateSchema(value, at, to);
    else if (schemaMaps.has(key) && isObject(value)) {
      translated[key] = Object.fromEntries(
        Object.entries(value).map(([name, item]) => [name, translateSchema(item, joinPointer(at, name), to)]),
      );
    } else translated[key] = value;
  }
  const dialect = schema["$schema"];
  if (typeof dialect === "string" && !isKnownDialect(dialect))
    to.unsupported(pointer, `the dialect ${dialect} isn't known: the schema is read as JSON Schema 2020-12`);
  readProtoByPattern(translated);
  if (Array.isArray(translated["required"])) translated["required"] = requiredIn(schema, pointer, to);
  return remembered(translated, pointer, to);
}

function isKnownDialect(uri: string): boolean {
  return /^https:\/\/(json-schema\.org\/draft\/2020-12\/schema|spec\.openapis\.org\/oas\/3\.1\/dialect\/.+)#?$/.test(
    uri,
  );
}

/** Ajv passes a property called `__proto__` over, but not a pattern that matches it alone. */
function readProtoByPattern(translated: Record<string, unknown>): void {
  const properties = translated["properties"];
  if (!isObject(properties) || !Object.hasOwn(properties, "__proto__")) return;
  const { ["__proto__"]: schema, ...others } = properties;
  const patterns = isObject(translated["patternProperties"]) ? translated["patternProperties"] : {};
  translated["properties"] = others;
  translated["patternProperties"] = { ...patterns, "^__proto__$": schema };
}

function refTo(reference: string, pointer: string, to: Translation): JsonObject {
  const uri = to.reference(reference, pointer);
  if (uri !== undefined) return { $ref: uri };
  to.unsupported(
    pointer,
    `the reference ${reference} leaves the document: what it points at is taken as satisfied`,
  );
  return {};
}

function remembered(translated: JsonObject, pointer: string, to: Translation): JsonObject {
  to.remember(translated, pointer);
  return translated;
}

function requiredIn(schema: JsonObject, pointer: string, to: Translation): unknown[] {
  const flag = to.direction === "request" ? "readOnly" : "writeOnly";
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  return listOr(schema["required"]).filter((name) => {
    const property = typeof name === "string" ? properties[name] : undefined;
    if (!isObject(property)) return true;
    if (property[flag] === true) return false;
    const followed = to.follow(property, joinPointer(pointer, "properties", String(name)));
    return !(isObject(followed) && followed[flag] === true);
  });
}
