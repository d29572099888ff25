import { isObject, type JsonObject, listOr } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { memberSchemas } from "./member-schemas.ts";

/** What is asked of the oracle: where references lead, what stands at a pointer, and what a value is valid against. */
export interface Judgement {
  source(pointer: string): unknown;
  target(reference: string, pointer: string): string | undefined;
  accepts(pointer: string, value: unknown): boolean;
}

/** The parts of a value that a schema has an opinion on, by name or index. */
export type Evaluated = ReadonlySet<string | number>;

/**
 * The properties or items of `value` that are evaluated by the schema at `pointer`, its own `unevaluatedProperties` and
 * `unevaluatedItems` left out: by its keywords, and by those of its subschemas that the value is valid against (JSON
 * Schema 2020-12, Core, section 11).
 */
export function evaluatedBy(judgement: Judgement, pointer: string, value: object): Evaluated {
  const evaluated = new Set<string | number>();
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  const seen = new Set<string>();
  const visit = (at: string, isOwn: boolean): void => {
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
    for (const next of appliedInPlace(schema, at, value, judgement)) visit(next, false);
  };
  visit(pointer, true);
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
  for (const [index, item] of value.entries()) if (judgement.accepts(contains, item)) yield index;
}

/** Pointers of the subschemas that are applied to the same value, and that it is valid against. */
function* appliedInPlace(
  schema: JsonObject,
  at: string,
  value: object,
  judgement: Judgement,
): Generator<string> {
  for (const keyword of ["$ref", "$dynamicRef"]) {
    const reference = schema[keyword];
    const target = typeof reference === "string" ? judgement.target(reference, at) : undefined;
    if (target !== undefined && judgement.accepts(target, value)) yield target;
  }
  for (const keyword of ["allOf", "anyOf", "oneOf"]) {
    for (const index of listOr(schema[keyword]).keys()) {
      const branch = joinPointer(at, keyword, index);
      if (judgement.accepts(branch, value)) yield branch;
    }
  }
  if (schema["if"] !== undefined) {
    const condition = joinPointer(at, "if");
    const holds = judgement.accepts(condition, value);
    if (holds) yield condition;
    const keyword = holds ? "then" : "else";
    if (schema[keyword] !== undefined && judgement.accepts(joinPointer(at, keyword), value))
      yield joinPointer(at, keyword);
  }
  const dependent = schema["dependentSchemas"];
  for (const name of Object.keys(isObject(dependent) ? dependent : {})) {
    const branch = joinPointer(at, "dependentSchemas", name);
    if (Object.hasOwn(value, name) && judgement.accepts(branch, value)) yield branch;
  }
}
