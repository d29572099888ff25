import { isObject, type JsonObject } from "../contract/json-object.ts";

const data = new Set(["example", "examples", "default", "enum", "const"]);

/** A copy of the document in which every object but data has been through `edit`. */
export function editObjects(document: JsonObject, edit: (object: JsonObject) => JsonObject): JsonObject {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (!isObject(value)) return value;
    const members = Object.entries(value).map(([key, item]) => [key, data.has(key) ? item : visit(item)]);
    return edit(Object.fromEntries(members));
  };
  const edited = visit(document);
  return isObject(edited) ? edited : {};
}

/** The object without members of these names, unless such a member is a schema's property. */
export function without(object: JsonObject, names: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.has(name)));
}
