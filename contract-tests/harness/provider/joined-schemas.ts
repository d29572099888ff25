import { isObject, type JsonObject, listOr, objectOr } from "../contract/json-object.ts";
import { namedBranches } from "./discriminated.ts";
import { dereferenced } from "./value-judge.ts";

const joinedDocuments = new WeakMap<JsonObject, JsonObject>();

/**
 * The document with the branches of each `allOf` joined to one schema, for makers of values that take them one by one.
 * A value that is made by it has to be judged by the document itself: what two branches say of one property is not weighed.
 */
export function joinedSchemas(document: JsonObject): JsonObject {
  const known = joinedDocuments.get(document) ?? objectOr(new Joiner(document).joined(document));
  joinedDocuments.set(document, known);
  return known;
}

class Joiner {
  readonly #document: JsonObject;
  /** Each object is joined once, wherever it is referred to. */
  readonly #known = new Map<object, unknown>();
  /** A branch that holds itself stays as it is. */
  readonly #begun = new Set<object>();

  constructor(document: JsonObject) {
    this.#document = document;
  }

  joined(value: unknown): unknown {
    if (typeof value !== "object" || value === null || this.#begun.has(value)) return value;
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    this.#begun.add(value);
    const made = Array.isArray(value)
      ? value.map((item) => this.joined(item))
      : isObject(value)
        ? this.#joinedObject(value)
        : value;
    this.#begun.delete(value);
    this.#known.set(value, made);
    return made;
  }

  #joinedObject(value: JsonObject): JsonObject {
    const { allOf, ...own } = namedBranches(this.#document, value);
    const schema = Object.fromEntries(Object.entries(own).map(([name, item]) => [name, this.joined(item)]));
    if (!Array.isArray(allOf)) return schema;
    const branches = allOf.map((branch) => this.joined(dereferenced(this.#document, branch)));
    return branches.every(isObject) ? branches.reduce(merged, schema) : { ...schema, allOf };
  }
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
