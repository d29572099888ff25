import {
  fromPointer,
  isObject,
  type Json,
  type JsonObject,
  type Path,
  toPointer,
  valueAt,
  walk,
} from "../generate/json.ts";
import { operationsOf } from "../generate/operations-of.ts";
import type { Direction } from "./change.ts";

/** Which operations use a place, and whether it is sent or received there. */
export interface Usage {
  /** `METHOD /path`, in the document's order. */
  readonly operations: readonly string[];
  readonly directions: ReadonlySet<Direction>;
}

/** @returns a function that tells the usage of any place of the document, following references */
export function operationsTouched(document: JsonObject): (path: Path) => Usage {
  const uses = operationsOf(document).map(({ operation, method, template, path }) => {
    const shared = [...path.slice(0, -1), "parameters"];
    const requested = [valueAt(document, shared), operation["parameters"], operation["requestBody"]];
    return {
      name: `${method.toUpperCase()} ${template}`,
      path,
      shared,
      request: reachable(document, requested),
      response: reachable(document, [operation["responses"]]),
    };
  });
  return (path) => {
    const directions = new Set<Direction>();
    const operations: string[] = [];
    const component = path[0] === "components" ? toPointer(path.slice(0, 3)) : undefined;
    for (const { name, path: own, shared, request, response } of uses) {
      if (component === undefined) {
        const isShared = shared.every((key, index) => path[index] === key);
        const depth = Math.min(path.length, own.length);
        const isOwn = path.length >= 2 && own.slice(0, depth).every((key, index) => path[index] === key);
        if (isOwn || isShared) operations.push(name);
        if (isShared) directions.add("request");
        else if (isOwn && path.length > own.length)
          directions.add(path[own.length] === "responses" ? "response" : "request");
        continue;
      }
      if (request.has(component)) directions.add("request");
      if (response.has(component)) directions.add("response");
      if (request.has(component) || response.has(component)) operations.push(name);
    }
    return { operations, directions };
  };
}

/** The components (as pointers) that values refer to, directly or through others. */
function reachable(document: JsonObject, roots: readonly (Json | undefined)[]): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = roots.filter((root) => root !== undefined);
  for (let next = pending.pop(); next !== undefined; next = pending.pop())
    walk(next, (value) => {
      const reference = isObject(value) ? value["$ref"] : undefined;
      if (typeof reference !== "string") return;
      const path = fromPointer(reference);
      const pointer = toPointer(path.slice(0, 3));
      if (found.has(pointer)) return;
      found.add(pointer);
      const target = valueAt(document, path);
      if (target !== undefined) pending.push(target);
    });
  return found;
}
