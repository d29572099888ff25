import { isObject, type JsonObject, listOr } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { branchesOf, certainlyNext, isMet, type SchemaPlace, type SchemaReader } from "./in-place.ts";
import { memberSchemas } from "./member-schemas.ts";
import { noSurroundings, type Surroundings } from "./surroundings.ts";

/** What is asked of the oracle: where references lead, what stands at a pointer, and what a value is valid against. */
export interface Judgement extends SchemaReader {
  accepts(pointer: string, value: unknown, here: Surroundings): boolean;
  /** What needn't be there by the schema at `pointer`, and by those around it that judge the same value. */
  surroundings(pointer: string, inherited: Surroundings): Surroundings;
}

/** The parts of a value that a schema has an opinion on, by name or index. */
export type Evaluated = ReadonlySet<string | number>;

/**
 * The properties or items of `value` that are evaluated by the schema at `pointer`, its own `unevaluatedProperties` and
 * `unevaluatedItems` left out: by its keywords, and by those of its subschemas that the value is valid against (JSON
 * Schema 2020-12, Core, section 11).
 */
export function evaluatedBy(
  judgement: Judgement,
  pointer: string,
  value: object,
  inherited = noSurroundings,
): Evaluated {
  const evaluated = new Set<string | number>();
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  const seen = new Set<string>();
  const visit = (at: string, isOwn: boolean, around: Surroundings): void => {
    if (seen.has(at)) return;
    seen.add(at);
    const schema = judgement.source(at);
    if (!isObject(schema)) return;
    for (const key of Array.isArray(value)
      ? itemsOf(schema, at, value, judgement)
      : membersOf(schema, at, value))
      evaluated.add(key);
    const rest = Array.isArray(value) ? "unevaluatedItems" : "unevaluatedProperties";
    if (!isOwn && schema[rest] !== undefined) for (const key of keys) evaluated.add(key);
    const here = judgement.surroundings(at, around);
    for (const next of appliedInPlace(schema, at, value, judgement, here)) visit(next, false, here);
  };
  visit(pointer, true, inherited);
  return evaluated;
}

function* membersOf(schema: JsonObject, at: string, value: object): Generator<string> {
  for (const name of Object.keys(value)) {
    if (schema["additionalProperties"] !== undefined || memberSchemas(at, schema, name).length > 0)
      yield name;
  }
}

function* itemsOf(
  schema: JsonObject,
  at: string,
  value: readonly unknown[],
  judgement: Judgement,
): Generator<number> {
  const prefix = schema["items"] === undefined ? listOr(schema["prefixItems"]).length : value.length;
  for (let index = 0; index < Math.min(prefix, value.length); index++) yield index;
  if (schema["contains"] === undefined) return;
  const contains = joinPointer(at, "contains");
  for (const [index, item] of value.entries())
    if (judgement.accepts(contains, item, noSurroundings)) yield index;
}

/** Pointers of the subschemas that are applied to the same value, and that it is valid against. */
function* appliedInPlace(
  schema: JsonObject,
  at: string,
  value: object,
  judgement: Judgement,
  here: Surroundings,
): Generator<string> {
  const place = { pointer: at, schema };
  for (const next of certainlyNext(judgement, place)) if (judgement.accepts(next, value, here)) yield next;
  yield* holdingBranches(place, value, judgement, here);
}

/** Pointers of the branches of a schema that apply to a value, which is valid against them. */
export function holdingBranches(
  place: SchemaPlace,
  value: unknown,
  judgement: Judgement,
  here: Surroundings,
): readonly string[] {
  const accepts = (pointer: string, asks: boolean) =>
    judgement.accepts(pointer, value, asks ? noSurroundings : here);
  // A child of a hierarchy judges a value once: not again for the parent that it names.
  const judged = new Set(here.children.map((child) => child.pointer));
  return branchesOf(judgement, place)
    .filter(({ pointer }) => !judged.has(pointer))
    .filter(({ conditions }) => conditions.every((condition) => isMet(condition, value, accepts)))
    .map(({ pointer }) => pointer);
}
