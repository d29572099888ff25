import { isObject, type JsonObject, type Path, toPointer } from "../json.ts";

/** A document as Ajv may read it, and what of it Ajv isn't asked for. */
export interface Readable {
  readonly document: JsonObject;
  /** One sentence for each place. */
  readonly unchecked: readonly string[];
}

/**
 * A copy of the document in which Ajv judges rightly, or not at all, where it is known to err: a client rejects no answer
 * for the sake of its validator.
 *
 * - Where `unevaluated…` stands, an `if` becomes branches of an `anyOf`: Ajv counts what a failing `if` evaluates, and not
 *   what one without `then` or `else` does.
 * - `unevaluated…` goes where annotations come from what else Ajv loses them of: `contains`, branches' `items`, and other
 *   `unevaluated…` of the same value. That is told.
 * - A property called `__proto__` is read by a pattern, since Ajv passes it over.
 * - A discriminator's value must be one that it maps, and the object valid against what that stands for (OpenAPI 3.1,
 *   section 4.8.25).
 */
export function readableByAjv(document: JsonObject): Readable {
  const copy = structuredClone(document);
  const unchecked: string[] = [];
  if (/"unevaluated(Properties|Items)":/.test(JSON.stringify(copy))) visit(copy, [], branchesForIf);
  visit(copy, [], (schema, path) => {
    for (const keyword of ["unevaluatedProperties", "unevaluatedItems"]) {
      const lost = keyword in schema ? lostAnnotations(copy, schema, keyword) : undefined;
      if (lost === undefined) continue;
      delete (schema as Changeable)[keyword];
      unchecked.push(
        `the client's validators don't check ${keyword} at ${toPointer(path)}, beside ${lost} that they can't follow`,
      );
    }
    bindDiscriminator(copy, schema);
  });
  visit(copy, [], readProtoByPattern);
  return { document: copy, unchecked };
}

type Changeable = Record<string, unknown>;

function visit(value: unknown, path: Path, look: (schema: JsonObject, path: Path) => void): void {
  if (Array.isArray(value)) for (const [index, item] of value.entries()) visit(item, [...path, index], look);
  if (!isObject(value)) return;
  for (const [name, member] of Object.entries(value)) visit(member, [...path, name], look);
  look(value, path);
}

function branchesForIf(schema: JsonObject): void {
  const { if: condition, then = true, else: otherwise = true, ...rest } = schema;
  if (condition === undefined || !(isObject(condition) || typeof condition === "boolean")) return;
  for (const keyword of ["if", "then", "else"]) delete (schema as Changeable)[keyword];
  const { allOf } = rest;
  const choice = { anyOf: [{ allOf: [condition, then] }, { allOf: [{ not: condition }, otherwise] }] };
  (schema as Changeable)["allOf"] = [...(Array.isArray(allOf) ? allOf : []), choice];
}

const applicators = ["allOf", "anyOf", "oneOf"] as const;

/** The word by which Ajv loses what is evaluated; undefined when it loses nothing. */
function lostAnnotations(document: JsonObject, owner: JsonObject, keyword: string): string | undefined {
  const seen = new Set<JsonObject>();
  const lostIn = (schema: unknown): string | undefined => {
    if (!isObject(schema) || seen.has(schema)) return undefined;
    seen.add(schema);
    for (const word of ["contains", "$dynamicRef"]) if (word in schema) return word;
    if (schema !== owner)
      for (const word of ["unevaluatedProperties", "unevaluatedItems"]) if (word in schema) return word;
    const target = typeof schema["$ref"] === "string" ? at(document, schema["$ref"]) : undefined;
    if (target === null) return "a $ref";
    // Ajv takes no note of a branch's `items`.
    if (keyword === "unevaluatedItems" && schema !== owner && "items" in schema) return "items";
    const { dependentSchemas } = schema;
    const next = [
      target,
      ...applicators.flatMap((name) => (Array.isArray(schema[name]) ? schema[name] : [])),
      ...["not"].map((name) => schema[name]),
      ...Object.values(isObject(dependentSchemas) ? dependentSchemas : {}),
    ];
    return next.map(lostIn).find((word) => word !== undefined);
  };
  return lostIn(owner);
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
  const references = branches.map((branch) => branch["$ref"]);
  if (typeof propertyName !== "string" || !references.every(isComponent)) return;
  const targets = new Map(references.map((reference) => [nameOf(reference), reference]));
  for (const [name, to] of Object.entries(isObject(mapping) ? mapping : {})) {
    const reference = typeof to !== "string" || to.startsWith("#") ? to : `#/components/schemas/${to}`;
    if (isComponent(reference) && at(document, reference) !== null) targets.set(name, reference);
    else if (!targets.has(name)) targets.set(name, ""); // known, and no more
  }
  const bound = [...targets].flatMap(([name, $ref]) => {
    const isNamed = {
      type: "object",
      required: [propertyName],
      properties: { [propertyName]: { const: name } },
    };
    return $ref === "" ? [] : [{ anyOf: [{ not: isNamed }, { $ref }] }];
  });
  const named = {
    properties: { [propertyName]: { anyOf: [{ not: { type: "string" } }, { enum: [...targets.keys()] }] } },
  };
  const { allOf } = schema;
  (schema as Changeable)["allOf"] = [
    ...(Array.isArray(allOf) ? allOf : []),
    ...(branches.some((branch) => listsOwn(document, branch)) ? [] : [named]),
    ...bound,
  ];
}

const component = /^#\/components\/schemas\/([^/]+)$/;

function isComponent(reference: unknown): reference is string {
  return typeof reference === "string" && component.test(reference);
}

function nameOf(reference: string): string {
  return component.exec(reference)?.[1] ?? "";
}

/** A branch that lists values of its own means those. */
function listsOwn(document: JsonObject, branch: JsonObject): boolean {
  const target = at(document, String(branch["$ref"]));
  const text = JSON.stringify(isObject(target) ? [target["properties"], target["allOf"]] : []);
  return /"(const|enum|allOf|\$ref)":/.test(text);
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
