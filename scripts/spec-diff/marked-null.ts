import { isObject, type Json, type JsonObject } from "../generate/json.ts";

/** Says of a schema that null is valid; no keyword, so that it can't be taken for one. */
export const mayBeNull = " may be null";

/**
 * A schema in which null is said in one way, whichever of these it was: `type: [string, "null"]`, an alternative
 * `{ type: "null" }` of `oneOf` or `anyOf`, with or without null among the values of `enum`. What is left of the schema
 * then compares with one that doesn't allow null.
 */
export function withMarkedNull(schema: JsonObject): JsonObject {
  for (const keyword of ["oneOf", "anyOf"]) {
    const { [keyword]: alternatives, ...rest } = schema;
    if (!Array.isArray(alternatives)) continue;
    if (rest["type"] !== undefined || rest["enum"] !== undefined || rest["const"] !== undefined) continue;
    const plain = alternatives.map((branch) => (isObject(branch) ? withoutNullType(branch) : branch));
    const others = plain.filter((branch) => !isNull(branch)).map(unmarkedBranch);
    const isMarked = others.length < plain.length || plain.some(isMarkedBranch);
    const [only] = others;
    if (!isMarked || only === undefined) continue;
    const isSaidTwice = isObject(only) && Object.keys(only).some((key) => Object.hasOwn(rest, key));
    const isAlone = others.length === 1 && isObject(only) && !isSaidTwice;
    return { ...rest, ...(isAlone ? only : { [keyword]: others }), [mayBeNull]: true };
  }
  return withoutNullType(schema);
}

function isMarkedBranch(branch: Json): boolean {
  return isObject(branch) && branch[mayBeNull] === true;
}

function unmarkedBranch(branch: Json): Json {
  if (!isObject(branch)) return branch;
  const { [mayBeNull]: _, ...rest } = branch;
  return rest;
}

function withoutNullType(schema: JsonObject): JsonObject {
  const { type, enum: values } = schema;
  if (!Array.isArray(type) || !type.includes("null") || type.length === 1) return schema;
  const types = type.filter((name) => name !== "null");
  const plain = { ...schema, type: types.length === 1 ? (types[0] ?? null) : types };
  // Where only some values are valid, null must be one of them (JSON Schema 2020-12 validation §6.1.2).
  if (!Array.isArray(values)) return schema["const"] === undefined ? { ...plain, [mayBeNull]: true } : plain;
  const others = values.filter((value) => value !== null);
  if (others.length === values.length || others.length === 0) return plain;
  return { ...plain, enum: others, [mayBeNull]: true };
}

/** `{ type: "null" }`, however it is described, or a constant null. */
function isNull(schema: Json): boolean {
  return (
    isObject(schema) &&
    (schema["type"] === "null" || (schema["const"] === null && Object.keys(schema).length === 1))
  );
}

/** The same change with values as they were written, but for where null was said. */
export function withoutMarks<T extends { readonly before?: unknown; readonly after?: unknown }>(
  change: T,
): T {
  const { before, after } = change;
  return {
    ...change,
    ...(before !== undefined && { before: unmarked(before) }),
    ...(after !== undefined && { after: unmarked(after) }),
  };
}

function unmarked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unmarked);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== mayBeNull)
      .map(([key, member]) => [key, unmarked(member)]),
  );
}
