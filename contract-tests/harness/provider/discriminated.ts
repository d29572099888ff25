import { isObject, type JsonObject, listOr } from "../contract/json-object.ts";
import { valueAt } from "../contract/json-pointer.ts";

const component = /^#\/components\/schemas\/([^/]+)$/;

/**
 * What the discriminator of a choice says, in words of JSON Schema: the property's value is one that stands for a branch, and
 * the object is valid against that (OpenAPI 3.1, section 4.8.25). Empty where it says nothing, as of branches without names.
 */
export function discriminated(document: JsonObject, schema: JsonObject): readonly JsonObject[] {
  const read = namesOf(document, schema);
  if (!read) return [];
  const { property, targets } = read;
  // Where branches list their values, they bind by themselves, and a rule taken out of one of them must show.
  if ([...targets.values()].some((branch) => listedIn(document, branch, property).length > 0)) return [];
  const named = (value: object) => ({
    type: "object",
    required: [property],
    properties: { [property]: value },
  });
  const known = { anyOf: [{ not: named({ type: "string" }) }, named({ enum: [...targets.keys()] })] };
  // A mapping may name what the document doesn't have, or what its one operation doesn't refer to.
  const there = [...targets].filter(([, $ref]) => valueAt(document, $ref.slice(1)) !== undefined);
  return [known, ...there.map(([name, $ref]) => ({ anyOf: [{ not: named({ const: name }) }, { $ref }] }))];
}

/** A choice whose branches carry their names, for makers of values: what a branch itself lists stands. */
export function namedBranches(document: JsonObject, schema: JsonObject): JsonObject {
  const read = namesOf(document, schema);
  if (!read) return schema;
  const { property, targets } = read;
  const name = (branch: unknown): unknown => {
    const $ref = isObject(branch) ? String(branch["$ref"]) : "";
    if (listedIn(document, $ref, property).length > 0) return branch;
    const names = [...targets].filter(([, target]) => target === $ref).map(([one]) => one);
    return { allOf: [branch, { required: [property], properties: { [property]: { enum: names } } }] };
  };
  const keyword = Array.isArray(schema["oneOf"]) ? "oneOf" : "anyOf";
  return { ...schema, [keyword]: listOr(schema[keyword]).map(name) };
}

/** The discriminating property, and the branch that each of its values stands for. */
function namesOf(
  document: JsonObject,
  { discriminator, oneOf, anyOf }: JsonObject,
): { readonly property: string; readonly targets: ReadonlyMap<string, string> } | undefined {
  if (!isObject(discriminator) || discriminator["defaultMapping"] !== undefined) return undefined;
  const { propertyName: property, mapping } = discriminator;
  const branches = [...listOr(oneOf), ...listOr(anyOf)].map((branch) =>
    isObject(branch) ? String(branch["$ref"]) : "",
  );
  if (typeof property !== "string" || branches.length === 0) return undefined;
  const targets = new Map<string, string>();
  for (const branch of branches) {
    const name = component.exec(branch)?.[1];
    if (name === undefined) return undefined;
    targets.set(name, branch);
    for (const value of listedIn(document, branch, property)) targets.set(value, branch);
  }
  for (const [name, to] of Object.entries(isObject(mapping) ? mapping : {})) {
    const reference = String(to).startsWith("#") ? String(to) : `#/components/schemas/${String(to)}`;
    if (!component.test(reference)) return undefined;
    targets.set(name, reference);
  }
  return { property, targets };
}

/** The values that a branch itself lists for the property. */
function listedIn(document: JsonObject, branch: string, property: string): readonly string[] {
  const schema = valueAt(document, branch.slice(1));
  const own = isObject(schema) && isObject(schema["properties"]) ? schema["properties"][property] : undefined;
  if (!isObject(own)) return [];
  return (own["const"] === undefined ? listOr(own["enum"]) : [own["const"]]).map(String);
}
