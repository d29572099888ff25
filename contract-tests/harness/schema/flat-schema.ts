import { isObject, type JsonObject, listOr } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import type { Discriminator } from "./discriminators.ts";
import { alwaysApplied, certainlyNext } from "./in-place.ts";
import type { Oracle } from "./oracle.ts";

export type JsonType = "null" | "boolean" | "integer" | "number" | "string" | "array" | "object";

/** One constraint and the place where it stands. */
export interface Constraint {
  readonly keyword: string;
  readonly value: unknown;
  readonly pointer: string;
}

/**
 * A schema laid flat for making values: references followed, `allOf` merged, one branch chosen of each `anyOf` and
 * `oneOf`. It is a guide only: whether a value made from it is valid, the oracle decides.
 */
export interface FlatSchema {
  /** Undefined: any type. */
  readonly types: readonly JsonType[] | undefined;
  readonly typePointer: string;
  readonly constraints: readonly Constraint[];
  /** Pointer of the schema of each property; of all that describe it, when several do. */
  readonly properties: ReadonlyMap<string, string>;
  readonly required: ReadonlyMap<string, string>;
  readonly items: string | undefined;
  readonly prefixItems: readonly string[];
  /** Schema of properties that aren't named; false when there may be none. */
  readonly additional: string | false | undefined;
  readonly samples: readonly unknown[];
  /** Properties whose value says which schema is meant, and the values for the branches chosen here. */
  readonly discriminated: ReadonlyMap<string, DiscriminatedProperty>;
  /** How many ways there are to choose branches. */
  readonly variants: number;
}

export interface DiscriminatedProperty {
  /** Where the discriminator stands. */
  readonly pointer: string;
  readonly values: readonly string[];
  /** All values that the discriminator maps. */
  readonly mapped: readonly string[];
  /** Whether the property's own schema lists its values, so that what nothing maps breaks that as well. */
  readonly isListed: boolean;
}

const scalars = new Set([
  "enum",
  "const",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minLength",
  "maxLength",
  "pattern",
  "format",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
  "dependentRequired",
]);

/** Lays the schema at `pointer` flat; `variant` numbers the choice of `anyOf` and `oneOf` branches. */
export function flattenSchema(oracle: Oracle, pointer: string, variant = 0): FlatSchema {
  let types: JsonType[] | undefined;
  let typePointer = pointer;
  const items: string[] = [];
  let prefixItems: readonly string[] = [];
  let isClosed = false;
  const additional: string[] = [];
  let variants = 1;
  let choice = variant;
  const constraints: Constraint[] = [];
  const properties = new Map<string, string[]>();
  const required = new Map<string, string>();
  const samples: unknown[] = [];
  const seen = new Set<string>();
  const discriminators: Discriminator[] = [];
  /** One of several ways, by the number of the variant. */
  const choose = <T>(ways: readonly T[]): T | undefined => {
    variants *= Math.max(1, ways.length);
    const index = choice % Math.max(1, ways.length);
    choice = Math.floor(choice / Math.max(1, ways.length));
    return ways[index];
  };

  const visit = (at: string): void => {
    if (seen.has(at)) return;
    seen.add(at);
    const schema = oracle.source(at);
    if (!isObject(schema)) return;
    const place = { pointer: at, schema };
    const own = typesOf(schema);
    if (own) {
      const before = types;
      types = before ? intersect(before, own) : own;
      typePointer = joinPointer(place.pointer, "type");
    }
    if (Array.isArray(schema["examples"])) samples.push(...schema["examples"]);
    for (const keyword of ["example", "default", "const"])
      if (Object.hasOwn(schema, keyword)) samples.push(schema[keyword]);
    for (const [keyword, value] of Object.entries(schema)) {
      if (!scalars.has(keyword)) continue;
      constraints.push({ keyword, value, pointer: joinPointer(place.pointer, keyword) });
    }
    for (const name of Object.keys(isObject(schema["properties"]) ? schema["properties"] : {})) {
      properties.set(name, [...(properties.get(name) ?? []), joinPointer(place.pointer, "properties", name)]);
    }
    for (const name of listOr(schema["required"])) {
      if (typeof name === "string") required.set(name, joinPointer(place.pointer, "required"));
    }
    if (isObject(schema["items"])) items.push(joinPointer(place.pointer, "items"));
    if (Array.isArray(schema["prefixItems"])) {
      prefixItems = schema["prefixItems"].map((_, index) => joinPointer(place.pointer, "prefixItems", index));
    }
    if (schema["additionalProperties"] === false || schema["unevaluatedProperties"] === false) {
      isClosed = true;
      constraints.push({
        keyword: schema["additionalProperties"] === false ? "additionalProperties" : "unevaluatedProperties",
        value: false,
        pointer: joinPointer(
          place.pointer,
          schema["additionalProperties"] === false ? "additionalProperties" : "unevaluatedProperties",
        ),
      });
    } else if (isObject(schema["additionalProperties"]))
      additional.push(joinPointer(place.pointer, "additionalProperties"));
    for (const next of certainlyNext(oracle, place)) visit(next);
    for (const keyword of ["anyOf", "oneOf"]) {
      const branch = choose([...listOr(schema[keyword]).keys()]);
      if (branch !== undefined) visit(joinPointer(place.pointer, keyword, branch));
    }
    const discriminator = oracle.discriminator(at);
    if (!discriminator) return;
    discriminators.push(discriminator);
    const children = oracle.children(at).map((child) => child.pointer);
    const child = children.some((one) => seen.has(one)) ? undefined : choose(children);
    if (child !== undefined) visit(child);
  };
  visit(pointer);
  const discriminated = new Map(
    discriminators.map(({ property, pointer: at, targets }) => {
      // What was come by first is most special: a child before its parent.
      const known = new Set(targets.values());
      const target = [...seen].find((one) => known.has(one) && joinPointer(one, "discriminator") !== at);
      const mapped = [...targets.keys()];
      const values = mapped.filter((name) => target === undefined || targets.get(name) === target);
      const isListed = (properties.get(property) ?? []).some((one) =>
        alwaysApplied(oracle, one).some(({ schema }) => "enum" in schema || "const" in schema),
      );
      return [property, { pointer: at, values, mapped, isListed }] as const;
    }),
  );
  return {
    types,
    typePointer,
    constraints,
    properties: new Map(
      [...properties].map(([name, pointers]) => [name, oracle.joined.join(pointers) ?? ""] as const),
    ),
    required,
    items: oracle.joined.join(items),
    prefixItems,
    additional: isClosed ? false : oracle.joined.join(additional),
    samples,
    discriminated,
    variants,
  };
}

function typesOf(schema: JsonObject): JsonType[] | undefined {
  const type = schema["type"];
  if (type === undefined) return undefined;
  return (Array.isArray(type) ? type : [type]) as JsonType[]; // an unknown name makes no value
}

function intersect(a: readonly JsonType[], b: readonly JsonType[]): JsonType[] {
  return a
    .filter((type) => b.includes(type) || (type === "integer" && b.includes("number")))
    .concat(b.filter((type) => type === "integer" && a.includes("number") && !a.includes("integer")));
}

/** Counts of items, members or characters. */
const counting = /^(min|max)(Items|Length|Properties)$/;

/** The narrowest of the constraints called `keyword` whose values are numbers that can be kept to. */
export function numberOf(flat: FlatSchema, keyword: string): number | undefined {
  const values = flat.constraints
    .filter((c) => c.keyword === keyword)
    .map((c) => c.value)
    .filter((v) => typeof v === "number")
    .filter((v) => (counting.test(keyword) ? Number.isInteger(v) && v >= 0 : Number.isFinite(v)));
  if (values.length === 0) return undefined;
  return keyword.startsWith("max") || keyword === "exclusiveMaximum"
    ? Math.min(...values)
    : Math.max(...values);
}

/** The allowed values, when the schema lists them. */
export function enumOf(flat: FlatSchema): readonly unknown[] | undefined {
  const constant = flat.constraints.find((c) => c.keyword === "const");
  if (constant) return [constant.value];
  const lists = flat.constraints
    .filter((c) => c.keyword === "enum" && Array.isArray(c.value))
    .map((c) => listOr(c.value));
  const [first, ...rest] = lists;
  return first?.filter((value) => rest.every((list) => list.includes(value)));
}

/** The patterns and the format of a string. */
export function patternsOf(flat: FlatSchema): readonly string[] {
  return flat.constraints.filter((c) => c.keyword === "pattern").map((c) => String(c.value));
}

export function formatOf(flat: FlatSchema): string | undefined {
  const format = flat.constraints.find((c) => c.keyword === "format")?.value;
  return typeof format === "string" ? format : undefined;
}

/** The value that tells which schema of a hierarchy or choice is meant, of a type that the property takes. */
export function discriminatedValues(
  oracle: Oracle,
  flat: FlatSchema,
  { values }: DiscriminatedProperty,
  name: string,
): readonly unknown[] {
  const property = flat.properties.get(name);
  const candidates = values.flatMap((value): unknown[] =>
    property === undefined ? [value] : [value, Number(value), value === "true"],
  );
  const fitting = candidates.filter(
    (value) => property === undefined || oracle.accepts(property, "request", value),
  );
  return fitting.length > 0 ? fitting : values;
}
