import { isObject, type JsonObject, listOr } from "../contract/json-object.ts";
import { joinPointer, pointerSteps, valueAt } from "../contract/json-pointer.ts";
import { alwaysApplied, type Branch, type SchemaReader } from "./in-place.ts";
import type { MendedError } from "./mended-keywords.ts";

/** What a Discriminator Object says of an object's property (OpenAPI 3.0.3, section 4.7.25; 3.1, section 4.8.25). */
export interface Discriminator {
  /** Where it stands. */
  readonly pointer: string;
  readonly property: string;
  /** Pointer of the schema that each value stands for; undefined for one that can't be read. */
  readonly targets: ReadonlyMap<string, string | undefined>;
  /** Whether the schema chooses between branches, or is the parent that its children name in `allOf`. */
  readonly chooses: "branch" | "child";
}

const schemas = "/components/schemas";

/** Reads the discriminators of a document, each once. */
export class Discriminators {
  readonly #reader: SchemaReader;
  readonly #document: JsonObject;
  readonly #known = new Map<string, Discriminator | undefined>();
  readonly #parents = new Map<string, string[]>();

  /** @param owners pointers of the schemas that have a discriminator */
  constructor(reader: SchemaReader, document: JsonObject, owners: readonly string[]) {
    this.#reader = reader;
    this.#document = document;
    for (const owner of owners) {
      const discriminator = this.#read(owner);
      this.#known.set(owner, discriminator);
      if (discriminator?.chooses !== "child") continue;
      for (const target of new Set(discriminator.targets.values()))
        if (target !== undefined && target !== owner)
          this.#parents.set(target, [...(this.#parents.get(target) ?? []), owner]);
    }
  }

  /** That of the schema at `pointer`; undefined also when it says nothing that a value could break. */
  at(pointer: string): Discriminator | undefined {
    return this.#known.get(pointer);
  }

  /** The schemas whose discriminator chooses the one at `pointer` as their child. */
  parentsOf(pointer: string): readonly string[] {
    return this.#parents.get(pointer) ?? [];
  }

  /** The children that the schema at `pointer` has, each where the value names it. */
  childrenOf(pointer: string): readonly Branch[] {
    const discriminator = this.at(pointer);
    if (discriminator?.chooses !== "child") return [];
    const { targets, property } = discriminator;
    const children = new Set(
      [...targets.values()].filter((target) => target !== undefined && target !== pointer),
    );
    return [...children].flatMap((child) => {
      const values = [...targets].filter(([, target]) => target === child).map(([name]) => name);
      return child === undefined ? [] : [{ pointer: child, conditions: [{ has: property, values }] }];
    });
  }

  #read(owner: string): Discriminator | undefined {
    const schema = this.#reader.source(owner);
    const discriminator = isObject(schema) ? schema["discriminator"] : undefined;
    if (!isObject(schema) || !isObject(discriminator)) return undefined;
    const { propertyName: property, mapping, defaultMapping } = discriminator;
    // OpenAPI 3.2 has a schema for every other value.
    if (typeof property !== "string" || defaultMapping !== undefined) return undefined;
    const targets = new Map<string, string | undefined>();
    for (const [name, to] of Object.entries(isObject(mapping) ? mapping : {}))
      targets.set(name, typeof to === "string" ? this.#targetOf(to, owner) : undefined);
    const branches = ["oneOf", "anyOf"].flatMap((keyword) =>
      [...listOr(schema[keyword]).keys()].map((index) => joinPointer(owner, keyword, index)),
    );
    const pointer = joinPointer(owner, "discriminator");
    if (branches.length > 0) {
      const isClosed = branches.every((branch) => this.#addBranch(branch, property, targets, new Set()));
      return isClosed ? { pointer, property, targets, chooses: "branch" } : undefined;
    }
    const children = this.#childrenOf(owner);
    for (const child of children) addName(targets, child);
    // Neither mapped nor inherited from: who knows which values there are.
    if (targets.size === 0) return undefined;
    addName(targets, owner);
    for (const [name, target] of targets)
      if (
        target !== undefined &&
        target !== owner &&
        !children.includes(target) &&
        this.#leadsTo(target, owner)
      )
        targets.set(name, undefined);
    return { pointer, property, targets, chooses: "child" };
  }

  /**
   * Adds the names of a branch; false when it is written in place and lists no values: the standard leaves it out of
   * account, and a value of it has no name.
   */
  #addBranch(
    branch: string,
    property: string,
    targets: Map<string, string | undefined>,
    seen: Set<string>,
  ): boolean {
    const schema = this.#reader.source(branch);
    if (!isObject(schema) || seen.has(branch)) return true;
    seen.add(branch);
    const reference = schema["$ref"];
    const target = typeof reference === "string" ? this.#reader.target(reference, branch) : branch;
    if (target === undefined) return false;
    if (target !== branch) addName(targets, target);
    const listed = this.#listed(target, property);
    const own = [...targets].filter(([, to]) => to === target).map(([name]) => name);
    // A branch that lists none of the names that it has can only mean those that it lists.
    if (listed && !own.some((name) => listed.includes(name)))
      for (const value of listed) if (!targets.has(value)) targets.set(value, target);
    const places = alwaysApplied(this.#reader, target);
    const within = places.flatMap(({ pointer, schema: at }) =>
      ["oneOf", "anyOf"].flatMap((keyword) =>
        [...listOr(at[keyword]).keys()].map((index) => joinPointer(pointer, keyword, index)),
      ),
    );
    for (const next of within) this.#addBranch(next, property, targets, seen);
    const isObjectLike = places.every(
      ({ schema: at }) => at["type"] === undefined || [at["type"]].flat().includes("object"),
    );
    return target !== branch || listed !== undefined || !isObjectLike;
  }

  /** The values that a schema lists for a property of its objects. */
  #listed(pointer: string, property: string): readonly string[] | undefined {
    for (const place of alwaysApplied(this.#reader, pointer)) {
      const { properties } = place.schema;
      if (!isObject(properties) || !Object.hasOwn(properties, property)) continue;
      for (const { schema } of alwaysApplied(
        this.#reader,
        joinPointer(place.pointer, "properties", property),
      )) {
        if (Object.hasOwn(schema, "const")) return [String(schema["const"])];
        if (Array.isArray(schema["enum"])) return schema["enum"].map(String);
      }
    }
    return undefined;
  }

  /** Schemas beside the parent, or among the components, that name it in `allOf`. */
  #childrenOf(owner: string): readonly string[] {
    const places = new Set([owner.slice(0, owner.lastIndexOf("/")), schemas]);
    const siblings = [...places].flatMap((place) => {
      const named = valueAt(this.#document, place);
      return isObject(named) ? Object.keys(named).map((name) => joinPointer(place, name)) : [];
    });
    return [...new Set(siblings)].filter((child) => child !== owner && this.#leadsTo(child, owner));
  }

  #leadsTo(pointer: string, owner: string): boolean {
    return alwaysApplied(this.#reader, pointer).some((place) => place.pointer === owner);
  }

  /** A name of a schema, or a reference (3.1, section 4.8.25.2). */
  #targetOf(mapped: string, owner: string): string | undefined {
    const named = joinPointer(schemas, mapped);
    if (valueAt(this.#document, named) !== undefined) return named;
    const target = this.#reader.target(mapped, owner);
    return target !== undefined && this.#reader.source(target) !== undefined ? target : undefined;
  }
}

/** The name that a schema goes by when no mapping gives it another. */
function addName(targets: Map<string, string | undefined>, pointer: string): void {
  const name = pointerSteps(pointer).at(-1);
  if (name !== undefined && !targets.has(name)) targets.set(name, pointer);
}

/** The value of a discriminating property as a name; undefined where it is none. */
export function discriminated(value: unknown, property: string): string | undefined {
  if (!isObject(value) || !Object.hasOwn(value, property)) return undefined;
  const name = value[property];
  return typeof name === "string" || typeof name === "number" || typeof name === "boolean"
    ? String(name)
    : undefined;
}

/** The violation of a value that no schema stands for (3.0.3, section 4.7.25: "validation SHOULD fail"). */
export function unmappedError({ property, targets }: Discriminator): MendedError {
  return {
    keyword: "discriminator",
    message: "must be a value that the discriminator maps",
    params: { allowedValues: [...targets.keys()] },
    instancePath: joinPointer("", property),
  };
}
