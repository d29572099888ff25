import { isObject, listOr } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { holdingBranches } from "./evaluated.ts";
import { branchesOf, certainlyNext } from "./in-place.ts";
import { memberSchemas, speaksOfMembers } from "./member-schemas.ts";
import type { Oracle } from "./oracle.ts";
import { noSurroundings } from "./surroundings.ts";
import type { Direction } from "./translate-schema.ts";

/** A value with the schemas that speak of it. */
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

/**
 * Walks a value along its schema, references followed; branches that it doesn't match are seen as well.
 *
 * @throws {BeyondBudget} when it has more members than are looked at
 */
export function visitInstance(oracle: Oracle, pointer: string, value: unknown): readonly VisitedPlace[] {
  const described: Gather = (pointers) => gather(oracle, pointers);
  const look = oracle.looks.begin(1);
  if (typeof value !== "object" || value === null)
    return [...visit(described, look, [pointer], value, "", 0)];
  const known = walks.get(value);
  if (known?.oracle === oracle && known.pointer === pointer) return known.places;
  const places = [...visit(described, look, [pointer], value, "", 0)];
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

/**
 * Walks a value along those schemas alone that it is valid against: what annotates it (JSON Schema 2020-12, Core, section
 * 7.7.1.2). `$ref` and `allOf` count also where the value breaks them.
 */
export function visitAnnotated(
  oracle: Oracle,
  pointer: string,
  direction: Direction,
  value: unknown,
): readonly VisitedPlace[] {
  const look = oracle.looks.begin(annotatedShare);
  return [...visit(annotatedBy(oracle, direction), look, [pointer], value, "", 0)];
}

/** To find out what annotates a value, each part of it is judged. */
const annotatedShare = 0.1;

type Gather = (pointers: readonly string[], value: unknown) => VisitedPlace["schemas"];

function annotatedBy(oracle: Oracle, direction: Direction): Gather {
  const judgement = oracle.judgement(direction);
  return (pointers, value) => {
    const schemas = new Map<string, VisitedPlace["schemas"][number]>();
    const add = (pointer: string, around = noSurroundings): void => {
      const schema = oracle.source(pointer);
      if (!isObject(schema) || schemas.has(pointer)) return;
      schemas.set(pointer, { pointer, schema });
      const here = judgement.surroundings(pointer, around);
      const place = { pointer, schema };
      for (const next of certainlyNext(oracle, place)) add(next, here);
      for (const next of holdingBranches(place, value, judgement, here)) add(next, here);
    };
    for (const pointer of pointers) add(pointer);
    return [...schemas.values()];
  };
}

function* visit(
  gatherFor: Gather,
  look: (count: number) => void,
  pointers: readonly string[],
  value: unknown,
  instance: string,
  depth: number,
): Generator<VisitedPlace> {
  if (depth > 64) return;
  const schemas = gatherFor(pointers, value);
  look(schemas.length);
  yield { instance, value, schemas };
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      look(schemas.length);
      const next = schemas.flatMap(({ pointer, schema }) => itemSchemas(pointer, schema, index));
      if (next.length > 0) yield* visit(gatherFor, look, next, item, joinPointer(instance, index), depth + 1);
    }
  } else if (isObject(value)) {
    const speaking = schemas.filter(({ schema }) => speaksOfMembers(schema));
    for (const [name, member] of Object.entries(value)) {
      look(speaking.length);
      const next = speaking.flatMap(({ pointer, schema }) => memberSchemas(pointer, schema, name));
      if (next.length > 0)
        yield* visit(gatherFor, look, next, member, joinPointer(instance, name), depth + 1);
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
    const schema = oracle.source(pointer);
    if (!isObject(schema) || schemas.has(pointer)) continue;
    schemas.set(pointer, schema);
    const place = { pointer, schema };
    waiting.push(
      ...certainlyNext(oracle, place),
      ...branchesOf(oracle, place).map((branch) => branch.pointer),
    );
  }
  return [...schemas].map(([pointer, schema]) => ({ pointer, schema }));
}
