import { isObject, type JsonObject, listOr } from "../contract/json-object.ts";
import { valueAt } from "../contract/json-pointer.ts";

const component = /^#\/components\/schemas\/([^/]+)$/;

/**
 * What the discriminator of a choice says, in words of JSON Schema: the property's value is one that stands for a branch, and
 * the object is valid against that (OpenAPI 3.1, section 4.8.25). Empty where it says nothing, as of branches without names.
 */
export function discriminated(document: JsonObject, schema: JsonObject): readonly JsonObject[] {
  const { discriminator, oneOf, anyOf } = schema;
  if (!isObject(discriminator) || discriminator["defaultMapping"] !== undefined) return [];
  const { propertyName: property, mapping } = discriminator;
  const branches = [...listOr(oneOf), ...listOr(anyOf)].map((branch) =>
    isObject(branch) ? String(branch["$ref"]) : "",
  );
  if (typeof property !== "string" || branches.length === 0) return [];
  const targets = new Map<string, string>();
  for (const branch of branches) {
    const name = component.exec(branch)?.[1];
    if (name === undefined) return [];
    targets.set(name, branch);
    for (const value of listedIn(document, branch, property)) targets.set(value, branch);
  }
  for (const [name, to] of Object.entries(isObject(mapping) ? mapping : {})) {
    const reference = String(to).startsWith("#") ? String(to) : `#/components/schemas/${String(to)}`;
    if (!component.test(reference)) return [];
    targets.set(name, reference);
  }
  const named = (value: object) => ({
    type: "object",
    required: [property],
    properties: { [property]: value },
  });
  const known = { anyOf: [{ not: named({ type: "string" }) }, named({ enum: [...targets.keys()] })] };
  return [
    known,
    ...[...targets].map(([name, $ref]) => ({ anyOf: [{ not: named({ const: name }) }, { $ref }] })),
  ];
}

/** The values that a branch itself lists for the property. */
function listedIn(document: JsonObject, branch: string, property: string): readonly string[] {
  const schema = valueAt(document, branch.slice(1));
  const own = isObject(schema) && isObject(schema["properties"]) ? schema["properties"][property] : undefined;
  if (!isObject(own)) return [];
  return (own["const"] === undefined ? listOr(own["enum"]) : [own["const"]]).map(String);
}
