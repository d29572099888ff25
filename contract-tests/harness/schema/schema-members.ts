import { isObject } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import type { Oracle } from "./oracle.ts";

/** Where the schema of each item of a list stands; undefined when `pointer` leads to no schema. */
export function itemsOf(
  oracle: Oracle,
  pointer: string,
): ((index: number) => string | undefined) | undefined {
  const { schema, pointer: at } = oracle.follow(pointer);
  if (!isObject(schema)) return undefined;
  const prefix = Array.isArray(schema["prefixItems"]) ? schema["prefixItems"].length : 0;
  return (index) =>
    index < prefix
      ? joinPointer(at, "prefixItems", index)
      : isObject(schema["items"])
        ? joinPointer(at, "items")
        : undefined;
}

const maxDepth = 8;

/** Where the schema of an object's member stands, also when a branch of the object's schema declares it. */
export function propertyOf(oracle: Oracle, pointer: string, name: string, depth = 0): string | undefined {
  const { schema, pointer: at } = oracle.follow(pointer);
  if (!isObject(schema) || depth > maxDepth) return undefined;
  if (isObject(schema["properties"]) && Object.hasOwn(schema["properties"], name))
    return joinPointer(at, "properties", name);
  for (const keyword of ["allOf", "anyOf", "oneOf"]) {
    const branches: unknown = schema[keyword];
    for (const index of Array.isArray(branches) ? branches.keys() : []) {
      const found = propertyOf(oracle, joinPointer(at, keyword, index), name, depth + 1);
      if (found !== undefined) return found;
    }
  }
  return isObject(schema["additionalProperties"]) ? joinPointer(at, "additionalProperties") : undefined;
}
