import { isObject, type JsonObject } from "../json.ts";

/**
 * A copy of the document in which Ajv judges rightly, or not at all, where it is known to err: a client refuses no answer
 * for the sake of its validator.
 *
 * - `unevaluated…` goes where annotations come from what Ajv loses them of: `contains`, `if` without `then` or `else`,
 *   branches' `items`, and other `unevaluated…` of the same value.
 * - A property called `__proto__` is read by a pattern, since Ajv passes it over.
 * - A discriminator's value must be one that it maps (OpenAPI 3.1, section 4.8.25), where no branch lists its own.
 */
export function readableByAjv(document: JsonObject): JsonObject {
  const copy = structuredClone(document);
  visit(copy, (schema) => {
    for (const keyword of ["unevaluatedProperties", "unevaluatedItems"])
      if (keyword in schema && losesAnnotations(copy, schema, keyword))
        delete (schema as Changeable)[keyword];
    bindDiscriminator(copy, schema);
  });
  visit(copy, readProtoByPattern);
  return copy;
}

type Changeable = Record<string, unknown>;

function visit(value: unknown, look: (schema: JsonObject) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, look);
  if (!isObject(value)) return;
  for (const member of Object.values(value)) visit(member, look);
  look(value);
}

const applicators = ["allOf", "anyOf", "oneOf"] as const;

function losesAnnotations(document: JsonObject, owner: JsonObject, keyword: string): boolean {
  const seen = new Set<JsonObject>();
  const loses = (schema: unknown): boolean => {
    if (!isObject(schema) || seen.has(schema)) return false;
    seen.add(schema);
    if ("contains" in schema || "$dynamicRef" in schema) return true;
    if ("if" in schema && !("then" in schema && "else" in schema)) return true;
    if (schema !== owner && ("unevaluatedProperties" in schema || "unevaluatedItems" in schema)) return true;
    const target = typeof schema["$ref"] === "string" ? at(document, schema["$ref"]) : undefined;
    if (target === null) return true;
    const { dependentSchemas } = schema;
    // Ajv takes no note of a branch's `items`.
    if (keyword === "unevaluatedItems" && schema !== owner && "items" in schema) return true;
    return [
      target,
      ...applicators.flatMap((name) => (Array.isArray(schema[name]) ? schema[name] : [])),
      ...["if", "then", "else", "not"].map((name) => schema[name]),
      ...Object.values(isObject(dependentSchemas) ? dependentSchemas : {}),
    ].some(loses);
  };
  return loses(owner);
}

/** What a local reference leads to; null where that isn't followed here. */
function at(document: JsonObject, reference: string): unknown {
  if (!reference.startsWith("#/")) return null;
  const steps = decodeURIComponent(reference.slice(2)).split("/");
  return steps.reduce<unknown>((value, step) => {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    return typeof value === "object" && value !== null && Object.hasOwn(value, name)
      ? (value as Changeable)[name] // it has it
      : null;
  }, document);
}

function bindDiscriminator(document: JsonObject, schema: JsonObject): void {
  const { discriminator, oneOf, anyOf } = schema;
  const branches = [oneOf ?? anyOf].flat().filter(isObject);
  if (!isObject(discriminator) || branches.length === 0 || "defaultMapping" in discriminator) return;
  const { propertyName, mapping } = discriminator;
  const names = branches.map((branch) =>
    typeof branch["$ref"] === "string"
      ? /^#\/components\/schemas\/([^/]+)$/.exec(branch["$ref"])?.[1]
      : undefined,
  );
  if (typeof propertyName !== "string" || names.includes(undefined)) return;
  const listsOwn = (branch: JsonObject) => {
    const target = at(document, String(branch["$ref"]));
    const text = JSON.stringify(isObject(target) ? [target["properties"], target["allOf"]] : []);
    return /"(const|enum|allOf|\$ref)":/.test(text);
  };
  if (branches.some(listsOwn)) return;
  const known = [...new Set([...names, ...Object.keys(isObject(mapping) ? mapping : {})])];
  const bound = { properties: { [propertyName]: { anyOf: [{ not: { type: "string" } }, { enum: known }] } } };
  const { allOf } = schema;
  (schema as Changeable)["allOf"] = [...(Array.isArray(allOf) ? allOf : []), bound];
}

function readProtoByPattern(schema: JsonObject): void {
  const { properties, patternProperties } = schema;
  if (!isObject(properties) || !Object.hasOwn(properties, "__proto__")) return;
  const own = Object.getOwnPropertyDescriptor(properties, "__proto__")?.value;
  if (!isObject(own) && typeof own !== "boolean") return;
  (schema as Changeable)["patternProperties"] = {
    ...(isObject(patternProperties) ? patternProperties : {}),
    "^__proto__$": own,
  };
}
