import { isObject } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { linearPattern } from "./linear-pattern.ts";
import { UnreadablePatternError } from "./pattern-program.ts";

/** Pointers of the schemas that speak of the member `name`. */
export function memberSchemas(
  pointer: string,
  schema: { readonly [keyword: string]: unknown },
  name: string,
): string[] {
  const found: string[] = [];
  if (isObject(schema["properties"]) && Object.hasOwn(schema["properties"], name))
    found.push(joinPointer(pointer, "properties", name));
  for (const pattern of Object.keys(
    isObject(schema["patternProperties"]) ? schema["patternProperties"] : {},
  )) {
    if (matches(pattern, name)) found.push(joinPointer(pointer, "patternProperties", pattern));
  }
  if (found.length === 0 && isObject(schema["additionalProperties"]))
    found.push(joinPointer(pointer, "additionalProperties"));
  return found;
}

/** Whether a schema speaks of any member at all. */
export function speaksOfMembers({
  properties,
  patternProperties,
  additionalProperties,
}: {
  readonly [keyword: string]: unknown;
}): boolean {
  return [properties, patternProperties, additionalProperties].some((one) => isObject(one));
}

function matches(pattern: string, name: string): boolean {
  try {
    const read = linearPattern(pattern);
    return read instanceof UnreadablePatternError || read.test(name);
  } catch {
    return true;
  }
}
