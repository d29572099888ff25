import { isObject, type JsonObject, objectOr } from "../../contract-tests/harness/contract/json-object.ts";
import { pointerSteps } from "../../contract-tests/harness/contract/json-pointer.ts";
import { documentedMethods } from "../../contract-tests/harness/contract/read-operation.ts";

/**
 * A smaller OpenAPI document: the first `operations` operations, in the document's order, and only those components
 * that they refer to.
 */
export function cutContract(document: JsonObject, operations: number): JsonObject {
  const paths: Record<string, unknown> = {};
  let left = operations;
  for (const [path, item] of Object.entries(objectOr(document["paths"]))) {
    if (left === 0) break;
    const kept: [string, unknown][] = [];
    for (const [key, value] of Object.entries(objectOr(item))) {
      const isOperation = (documentedMethods as readonly string[]).includes(key);
      if (isOperation && left === 0) continue;
      if (isOperation) left -= 1;
      kept.push([key, value]);
    }
    paths[path] = Object.fromEntries(kept);
  }
  const { components, webhooks: _, ["x-webhooks"]: __, ...rest } = document;
  const cut = { ...rest, paths };
  return { ...cut, components: reachable(cut, objectOr(components)) };
}

/** The components that `from` refers to, directly or through others. */
function reachable(from: JsonObject, components: JsonObject): JsonObject {
  const kept: Record<string, Record<string, unknown>> = {};
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    if (!isObject(value)) return;
    const reference = value["$ref"];
    if (typeof reference === "string") {
      const [group, kind, name] = pointerSteps(reference.slice(1));
      if (group === "components" && kind !== undefined && name !== undefined) keep(kind, name);
    }
    for (const item of Object.values(value)) visit(item);
  };
  const keep = (kind: string, name: string): void => {
    kept[kind] ??= {};
    const group = kept[kind];
    if (Object.hasOwn(group, name)) return;
    const component = objectOr(components[kind])[name];
    group[name] = component;
    visit(component);
  };
  for (const name of Object.keys(objectOr(components["securitySchemes"]))) keep("securitySchemes", name);
  visit(from);
  return kept;
}
