import { fromPointer, isObject, type JsonObject, type Path, valueAt } from "../generate/json.ts";

/** A value and its place, with references already followed. */
export interface Located {
  readonly value: JsonObject;
  readonly path: Path;
}

/** Follows `$ref`s from a path; undefined when no object is there. */
export function locate(document: JsonObject, path: Path): Located | undefined {
  for (let at = path, hops = 0; hops < 100; hops += 1) {
    const value = valueAt(document, at);
    if (!isObject(value)) return undefined;
    const reference = value["$ref"];
    if (typeof reference !== "string") return { value, path: at };
    at = fromPointer(reference);
  }
  return undefined;
}

/** The members of an object's member, references followed: `[name, located]`. */
export function membersOf(document: JsonObject, owner: Located, key: string): [string, Located][] {
  const members = owner.value[key];
  if (!isObject(members) && !Array.isArray(members)) return [];
  return Object.keys(members).flatMap((name): [string, Located][] => {
    const located = locate(document, [...owner.path, key, name]);
    return located === undefined ? [] : [[name, located]];
  });
}
