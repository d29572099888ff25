import { isObject, type Json, type JsonObject, walk } from "../../generate/json.ts";
import { operationsOf } from "../../generate/operations-of.ts";

/**
 * Puts many contracts into one, each under a path prefix and with component names of its own, so that Redocly, which
 * takes most of a second to start, compares them all at once. What stands at the root moves to the paths and
 * operations: servers to each path that has none (OpenAPI 3.1 §4.8.9), security to each operation (§4.8.10).
 */
export function sideBySide(documents: readonly JsonObject[]): JsonObject {
  const paths: JsonObject = {};
  const components: JsonObject = {};
  for (const [index, original] of documents.entries()) {
    const document = structuredClone(original);
    rewriteReferences(document, index);
    for (const { operation } of operationsOf(document)) {
      operation["operationId"] = `case${index}.${operation["operationId"]}`;
      const security = document["security"];
      if (Array.isArray(security))
        operation["security"] = security.map((scheme) =>
          isObject(scheme) ? renamed(scheme, index) : scheme,
        );
    }
    for (const [template, item] of Object.entries(members(document["paths"])))
      paths[`/case${index}${template}`] = isObject(item)
        ? { servers: document["servers"] ?? [], ...item }
        : item;
    for (const [kind, named] of Object.entries(members(document["components"])))
      components[kind] = { ...members(components[kind]), ...renamed(members(named), index) };
  }
  return { openapi: "3.1.1", info: { title: "Side by side", version: "1.0.0" }, paths, components };
}

/** Which of the contracts put side by side a place belongs to; the map of a kind of component belongs to none. */
export function caseOf(pointer: string): number | undefined {
  if (/^\/components\/\w+$/.test(pointer)) return undefined;
  const index = /^\/(?:paths\/~1|components\/\w+\/)case(\d+)/.exec(pointer)?.[1];
  if (index === undefined) throw new Error(`${pointer} belongs to no case`);
  return Number(index);
}

function renamed(named: JsonObject, index: number): JsonObject {
  return Object.fromEntries(Object.entries(named).map(([name, value]) => [`case${index}${name}`, value]));
}

function rewriteReferences(document: JsonObject, index: number): void {
  walk(document, (value) => {
    if (isObject(value) && typeof value["$ref"] === "string")
      value["$ref"] = value["$ref"].replace(/^(#\/components\/\w+\/)/, `$1case${index}`);
  });
}

function members(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
