import { isObject, type JsonObject } from "../contract/json-object.ts";

const data = new Set(["example", "examples", "default", "enum", "const"]);

/**
 * A copy of the document in which every object but data has been through `edit`; the document itself when that leaves all
 * of them as they are.
 */
export function editObjects(document: JsonObject, edit: (object: JsonObject) => JsonObject): JsonObject {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      const items = value.map(visit);
      return items.some((item, index) => item !== value[index]) ? items : value;
    }
    if (!isObject(value)) return value;
    let edited: Record<string, unknown> | undefined;
    for (const [key, item] of Object.entries(value)) {
      const next = data.has(key) ? item : visit(item);
      if (next === item) continue;
      edited ??= { ...value };
      edited[key] = next;
    }
    return edit(edited ?? value);
  };
  const edited = visit(document);
  return isObject(edited) ? edited : {};
}

/** The object without members of these names; itself when it has none of them. */
export function without(object: JsonObject, names: ReadonlySet<string>): JsonObject {
  if (!Object.keys(object).some((name) => names.has(name))) return object;
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.has(name)));
}
