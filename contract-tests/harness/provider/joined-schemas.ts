import { isObject, type JsonObject, listOr, objectOr } from "../contract/json-object.ts";
import { dereferenced } from "./value-judge.ts";

const joinedDocuments = new WeakMap<JsonObject, JsonObject>();

/** More branches within branches than these are left as they are. */
const deepest = 8;

/**
 * The document with the branches of each `allOf` joined to one schema, for makers of values that take them one by one.
 * A value that is made by it has to be judged by the document itself: what two branches say of one property is not weighed.
 */
export function joinedSchemas(document: JsonObject): JsonObject {
  const known = joinedDocuments.get(document) ?? objectOr(joined(document, document, 0));
  joinedDocuments.set(document, known);
  return known;
}

function joined(document: JsonObject, value: unknown, depth: number): unknown {
  if (Array.isArray(value)) return value.map((item) => joined(document, item, depth));
  if (!isObject(value)) return value;
  const { allOf, ...own } = value;
  const schema = Object.fromEntries(
    Object.entries(own).map(([name, item]) => [name, joined(document, item, depth)]),
  );
  if (!Array.isArray(allOf)) return schema;
  const branches = allOf.map((branch) => dereferenced(document, branch));
  if (depth >= deepest || !branches.every(isObject)) return { ...schema, allOf };
  return branches
    .map((branch) => objectOr(joined(document, branch, depth + 1)))
    .reduce((together, branch) => merged(together, branch), schema);
}

function merged(a: JsonObject, b: JsonObject): JsonObject {
  const properties = { ...objectOr(a["properties"]), ...objectOr(b["properties"]) };
  const required = [...new Set([...listOr(a["required"]), ...listOr(b["required"])])];
  return {
    ...a,
    ...b,
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(required.length > 0 ? { required } : {}),
  };
}
