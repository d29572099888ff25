import { fromPointer, isObject, type Json, type JsonObject, valueAt } from "../generate/json.ts";

/** Deeper than this a chain of references and combinations is taken to allow nothing more. */
const maximumDepth = 20;

/** Whether null keeps a schema, as far as its types, constants and combinations tell. */
export function acceptsNull(document: JsonObject, schema: Json | undefined, depth = 0): boolean {
  if (!isObject(schema)) return schema !== false;
  if (depth > maximumDepth) return false;
  const accepts = (part: Json): boolean => acceptsNull(document, part, depth + 1);
  const { $ref: reference, type, enum: values, oneOf, anyOf, allOf } = schema;
  if (typeof reference === "string" && !accepts(valueAt(document, fromPointer(reference)) ?? false))
    return false;
  if (type !== undefined && ![type].flat().includes("null")) return false;
  if (schema["const"] !== undefined && schema["const"] !== null) return false;
  if (Array.isArray(values) && !values.includes(null)) return false;
  if ([oneOf, anyOf].some((parts) => Array.isArray(parts) && !parts.some(accepts))) return false;
  return !Array.isArray(allOf) || allOf.every(accepts);
}
