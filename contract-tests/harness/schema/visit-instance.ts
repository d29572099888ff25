import { isObject, listOr } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { memberSchemas } from "./member-schemas.ts";
import type { Oracle } from "./oracle.ts";

/** A value with every schema that speaks of it: all of `allOf`, and any branch of `anyOf` and `oneOf`. */
export interface DescribedValue {
  readonly value: unknown;
  readonly schemas: readonly {
    readonly pointer: string;
    readonly schema: { readonly [keyword: string]: unknown };
  }[];
}

export interface VisitedPlace extends DescribedValue {
  /** JSON pointer into the value. */
  readonly instance: string;
}

/** The last walk through a value: several checks walk through the same answer, one after the other. */
const walks = new WeakMap<
  object,
  { readonly oracle: Oracle; readonly pointer: string; readonly places: readonly VisitedPlace[] }
>();

/** Walks a value along its schema, references followed; branches that don't apply are seen as well. */
export function visitInstance(oracle: Oracle, pointer: string, value: unknown): readonly VisitedPlace[] {
  if (typeof value !== "object" || value === null) return [...visit(oracle, [pointer], value, "", 0)];
  const known = walks.get(value);
  if (known?.oracle === oracle && known.pointer === pointer) return known.places;
  const places = [...visit(oracle, [pointer], value, "", 0)];
  walks.set(value, { oracle, pointer, places });
  return places;
}

/** A whole value, described by the schema at `pointer`. */
export function rootOf(oracle: Oracle, pointer: string, value: unknown): DescribedValue {
  return { value, schemas: gather(oracle, [pointer]) };
}

/** The member or item `name` of a value; undefined when no schema speaks of it. */
export function memberOf(
  oracle: Oracle,
  { value, schemas }: DescribedValue,
  name: string,
): DescribedValue | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const pointers = Array.isArray(value)
    ? schemas.flatMap(({ pointer, schema }) => itemSchemas(pointer, schema, Number(name)))
    : schemas.flatMap(({ pointer, schema }) => memberSchemas(pointer, schema, name));
  if (pointers.length === 0) return undefined;
  const member: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
  return { value: member, schemas: gather(oracle, pointers) };
}

function* visit(
  oracle: Oracle,
  pointers: readonly string[],
  value: unknown,
  instance: string,
  depth: number,
): Generator<VisitedPlace> {
  if (depth > 64) return;
  const schemas = gather(oracle, pointers);
  yield { instance, value, schemas };
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const next = schemas.flatMap(({ pointer, schema }) => itemSchemas(pointer, schema, index));
      if (next.length > 0) yield* visit(oracle, next, item, joinPointer(instance, index), depth + 1);
    }
  } else if (isObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      const next = schemas.flatMap(({ pointer, schema }) => memberSchemas(pointer, schema, name));
      if (next.length > 0) yield* visit(oracle, next, member, joinPointer(instance, name), depth + 1);
    }
  }
}

function itemSchemas(
  pointer: string,
  schema: { readonly [keyword: string]: unknown },
  index: number,
): readonly string[] {
  if (index < listOr(schema["prefixItems"]).length) return [joinPointer(pointer, "prefixItems", index)];
  return isObject(schema["items"]) ? [joinPointer(pointer, "items")] : [];
}

/** What was gathered, by oracle and pointers: every answer of an operation leads to the same schemas. */
const gathered = new WeakMap<Oracle, Map<string, VisitedPlace["schemas"]>>();

function gather(oracle: Oracle, pointers: readonly string[]): VisitedPlace["schemas"] {
  const known = gathered.get(oracle) ?? new Map<string, VisitedPlace["schemas"]>();
  gathered.set(oracle, known);
  const key = pointers.join("\n");
  const schemas = known.get(key) ?? gatherAnew(oracle, pointers);
  known.set(key, schemas);
  return schemas;
}

function gatherAnew(oracle: Oracle, pointers: readonly string[]): VisitedPlace["schemas"] {
  const schemas = new Map<string, { readonly [keyword: string]: unknown }>();
  const waiting = [...pointers];
  for (let pointer = waiting.pop(); pointer !== undefined; pointer = waiting.pop()) {
    const place = oracle.follow(pointer);
    for (const at of new Set([pointer, place.pointer])) {
      const schema = oracle.source(at);
      if (!isObject(schema) || schemas.has(at)) continue;
      schemas.set(at, schema);
      for (const keyword of ["allOf", "anyOf", "oneOf"]) {
        for (const index of listOr(schema[keyword]).keys()) waiting.push(joinPointer(at, keyword, index));
      }
      for (const keyword of ["if", "then", "else"])
        if (isObject(schema[keyword])) waiting.push(joinPointer(at, keyword));
    }
  }
  return [...schemas].map(([pointer, schema]) => ({ pointer, schema }));
}
