import { isObject, listOr } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { alwaysApplied } from "./in-place.ts";
import type { Oracle } from "./oracle.ts";

/** Where the schema of each item of a list stands; undefined when `pointer` leads to no schema. */
export function itemsOf(
  oracle: Oracle,
  pointer: string,
): ((index: number) => string | undefined) | undefined {
  const places = alwaysApplied(oracle, pointer);
  if (places.length === 0) return undefined;
  return (index) => {
    for (const { pointer: at, schema } of places) {
      if (index < listOr(schema["prefixItems"]).length) return joinPointer(at, "prefixItems", index);
      if (isObject(schema["items"])) return joinPointer(at, "items");
    }
    return undefined;
  };
}

/** Where the schema of an object's member stands, also when a branch of the object's schema declares it. */
export function propertyOf(oracle: Oracle, pointer: string, name: string): string | undefined {
  const waiting = [pointer];
  const seen = new Set<string>();
  let additional: string | undefined;
  for (const at of waiting) {
    if (seen.has(at)) continue;
    for (const place of alwaysApplied(oracle, at)) {
      seen.add(place.pointer);
      const { properties, additionalProperties } = place.schema;
      if (isObject(properties) && Object.hasOwn(properties, name))
        return joinPointer(place.pointer, "properties", name);
      if (isObject(additionalProperties)) additional ??= joinPointer(place.pointer, "additionalProperties");
      for (const keyword of ["anyOf", "oneOf"])
        for (const index of listOr(place.schema[keyword]).keys())
          waiting.push(joinPointer(place.pointer, keyword, index));
    }
  }
  return additional;
}
