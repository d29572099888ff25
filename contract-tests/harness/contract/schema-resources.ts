import { isObject, type JsonObject } from "./json-object.ts";
import { valueAt } from "./json-pointer.ts";
import { localPointer } from "./local-pointer.ts";
import { visitObjects } from "./visit-objects.ts";

const base = "contract:/document";

/**
 * Knows what a schema's `$ref` means where it stands: relative to the nearest `$id` above it (JSON Schema 2020-12,
 * sections 8.2.1 and 8.2.2), by pointer or by `$anchor`.
 */
export class SchemaResources {
  /** Pointer of each schema with an `$id`, by its absolute URI. */
  readonly #byUri = new Map<string, string>();
  readonly #uris = new Map<string, string>([["", base]]);
  readonly #anchors = new Map<string, string>();
  /** How many schemas have a `$dynamicAnchor` of a name. */
  readonly #dynamicAnchors = new Map<string, number>();
  readonly #document: JsonObject;

  constructor(document: JsonObject) {
    this.#document = document;
    this.#read(document);
  }

  /** Pointer that `reference`, standing at `pointer`, leads to; undefined when it leaves the document. */
  target(reference: string, pointer: string): string | undefined {
    const resource = this.#resourceOf(pointer);
    const [path = "", fragment] = reference.split("#", 2);
    const owner = path === "" ? resource : this.#byUri.get(absolute(path, this.#uris.get(resource) ?? base));
    if (owner === undefined) return undefined;
    if (fragment === undefined || fragment === "") return owner;
    if (!fragment.startsWith("/")) return this.#anchors.get(`${owner}#${fragment}`);
    const within = owner + (localPointer(`#${fragment}`) ?? "");
    // Documents in the wild put `$id` on a schema and still refer from the document's root.
    return valueAt(this.#document, within) === undefined ? localPointer(`#${fragment}`) : within;
  }

  /**
   * Pointer that a `$dynamicRef` leads to, where it can lead to no other; undefined where that depends on the schemas that
   * were gone through on the way to it: several have a `$dynamicAnchor` of its name (JSON Schema 2020-12, section 8.2.3.2).
   */
  dynamicTarget(reference: string, pointer: string): string | undefined {
    const target = this.target(reference, pointer);
    const schema = target === undefined ? undefined : valueAt(this.#document, target);
    const anchor = isObject(schema) ? schema["$dynamicAnchor"] : undefined;
    const isDynamic = typeof anchor === "string" && reference.endsWith(`#${anchor}`);
    return isDynamic && (this.#dynamicAnchors.get(anchor) ?? 0) > 1 ? undefined : target;
  }

  #resourceOf(pointer: string): string {
    if (this.#uris.size === 1) return "";
    for (let at = pointer; at !== ""; at = at.slice(0, at.lastIndexOf("/")))
      if (this.#uris.has(at)) return at;
    return "";
  }

  /** Identifiers are relative to the resource around them: schemas come before those within them. */
  #read(document: JsonObject): void {
    const schemas = [...visitObjects(document)].filter(
      ({ kind, value }) =>
        kind === "schema" && identifiers.some((keyword) => typeof value[keyword] === "string"),
    );
    for (const { value, pointer } of schemas.sort((a, b) => a.pointer.length - b.pointer.length)) {
      if (typeof value["$id"] === "string") {
        const uri = absolute(value["$id"], this.#uris.get(this.#resourceOf(pointer)) ?? base);
        this.#byUri.set(uri, pointer);
        this.#uris.set(pointer, uri);
      }
      for (const keyword of ["$anchor", "$dynamicAnchor"]) {
        const anchor = value[keyword];
        if (typeof anchor === "string" && keyword === "$dynamicAnchor")
          this.#dynamicAnchors.set(anchor, (this.#dynamicAnchors.get(anchor) ?? 0) + 1);
        if (typeof anchor === "string") this.#anchors.set(`${this.#resourceOf(pointer)}#${anchor}`, pointer);
      }
    }
  }
}

const identifiers = ["$id", "$anchor", "$dynamicAnchor"];

function absolute(reference: string, against: string): string {
  try {
    return new URL(reference, against).href.replace(/#$/, "");
  } catch {
    return reference;
  }
}
