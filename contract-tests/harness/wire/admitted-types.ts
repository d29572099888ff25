import { isObject, listOr } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { certainlyNext } from "../schema/in-place.ts";
import type { Oracle } from "../schema/oracle.ts";

export type AdmittedType = "null" | "boolean" | "number" | "string" | "array" | "object";

const maxDepth = 8;

/** The types that a schema lets through as far as its words tell, `integer` as `number`; undefined: they don't tell. */
export function admittedTypes(
  oracle: Oracle,
  pointer: string,
  depth = 0,
): ReadonlySet<AdmittedType> | undefined {
  if (depth > maxDepth) return undefined;
  const schema = oracle.source(pointer);
  if (!isObject(schema)) return undefined;
  const told: ReadonlySet<AdmittedType>[] = [];
  if (schema["type"] !== undefined) {
    const names = [schema["type"], schema["nullable"] === true ? "null" : []].flat();
    told.push(new Set(names.map((name) => (name === "integer" ? "number" : name) as AdmittedType))); // an unknown name admits nothing
  }
  if (Array.isArray(schema["enum"])) told.push(new Set(schema["enum"].map(typeOf)));
  if (Object.hasOwn(schema, "const")) told.push(new Set([typeOf(schema["const"])]));
  const branches = (keyword: string) =>
    [...listOr(schema[keyword]).keys()].map((index) =>
      admittedTypes(oracle, joinPointer(pointer, keyword, index), depth + 1),
    );
  for (const next of certainlyNext(oracle, { pointer, schema })) {
    const types = admittedTypes(oracle, next, depth + 1);
    if (types) told.push(types);
  }
  for (const keyword of ["anyOf", "oneOf"]) {
    const alternatives = branches(keyword);
    if (alternatives.length > 0 && alternatives.every((types) => types !== undefined))
      told.push(new Set(alternatives.flatMap((types) => [...types])));
  }
  const [first, ...rest] = told;
  if (first) return new Set([...first].filter((type) => rest.every((types) => types.has(type))));
  // Words that speak of one type alone are there for values of that type.
  if (["properties", "additionalProperties", "patternProperties"].some((word) => schema[word] !== undefined))
    return new Set(["object"]);
  return schema["items"] !== undefined || schema["prefixItems"] !== undefined
    ? new Set(["array"])
    : undefined;
}

/** True when the schema says in words that it lets this type through. */
export function admits(oracle: Oracle, pointer: string | undefined, type: AdmittedType): boolean {
  return pointer !== undefined && (admittedTypes(oracle, pointer)?.has(type) ?? false);
}

function typeOf(value: unknown): AdmittedType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (value instanceof Number) return "number";
  const type = typeof value;
  return type === "boolean" || type === "number" || type === "string" ? type : "object";
}
