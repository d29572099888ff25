/** JSON values as the pipeline handles them: parsed YAML or JSON, changed in place by repairs and overlays. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** One step into the document: an object's key or an array's index. */
export type Path = readonly (string | number)[];

/** JSON Pointer (RFC 6901) of a path. */
export function toPointer(path: Path): string {
  return path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/**
 * The path of a JSON Pointer (RFC 6901); array indexes stay strings. With a leading "#" it is a URI fragment, as in
 * `$ref`, and so percent-encoded (§6); without, it is taken as written.
 */
export function fromPointer(pointer: string): string[] {
  const isFragment = pointer.startsWith("#");
  return pointer
    .split("/")
    .slice(1)
    .map((key) => (isFragment ? percentDecoded(key) : key).replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** A "%" that encodes nothing stands for itself. */
function percentDecoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

/** The value at a path, or undefined. */
export function valueAt(document: Json, path: Path): Json | undefined {
  let value: Json | undefined = document;
  for (const key of path) {
    if (Array.isArray(value)) value = value[Number(key)];
    else if (isObject(value)) value = Object.hasOwn(value, key) ? value[key] : undefined;
    else return undefined;
  }
  return value;
}

/** Calls `visit` for every value, parents first. */
export function walk(value: Json, visit: (value: Json, path: Path) => void, path: Path = []): void {
  visit(value, path);
  if (Array.isArray(value)) for (const [index, item] of value.entries()) walk(item, visit, [...path, index]);
  else if (isObject(value))
    for (const [key, item] of Object.entries(value)) walk(item, visit, [...path, key]);
}

/** A member that is a text, without blanks around it; `undefined` when it is none, or empty. */
export function textAt(value: Json, key: string): string | undefined {
  const member = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof member === "string" && member.trim() !== "" ? member.trim() : undefined;
}

/** A value with its `$ref` followed, for as long as it is one; cycles were refused before. */
export function resolve(document: JsonObject, value: Json | undefined): JsonObject {
  let current = value;
  while (isObject(current) && typeof current["$ref"] === "string")
    current = valueAt(document, fromPointer(current["$ref"]));
  return isObject(current) ? current : {};
}
