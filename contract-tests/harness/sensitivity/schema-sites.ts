import { isObject, type JsonObject, listOr } from "../contract/json-object.ts";
import { joinPointer, valueAt } from "../contract/json-pointer.ts";

/** A schema, and a place in a value that it describes. */
export interface SchemaSite {
  readonly schema: JsonObject;
  /** Where the schema stands in the document, references followed. */
  readonly pointer: string;
  /** Steps to the place in the value. */
  readonly at: readonly (string | number)[];
  readonly value: unknown;
}

type Keeps = (pointer: string, value: unknown) => boolean;

/**
 * Every schema that has a say in a value, with the place it speaks of; of `oneOf` and `anyOf` only the branches that
 * the value keeps.
 */
export function schemaSites(
  document: JsonObject,
  pointer: string,
  value: unknown,
  keeps: Keeps,
): readonly SchemaSite[] {
  const sites: SchemaSite[] = [];
  const visit = (at: string, steps: readonly (string | number)[], item: unknown, depth: number): void => {
    const schema = valueAt(document, at);
    if (!isObject(schema) || depth > 24) return;
    sites.push({ schema, pointer: at, at: steps, value: item });
    if (typeof schema["$ref"] === "string")
      visit(decodeURIComponent(schema["$ref"].slice(1)), steps, item, depth + 1);
    for (const [index] of listOr(schema["allOf"]).entries())
      visit(joinPointer(at, "allOf", index), steps, item, depth + 1);
    for (const keyword of ["oneOf", "anyOf"]) {
      for (const [index] of listOr(schema[keyword]).entries()) {
        const branch = joinPointer(at, keyword, index);
        if (keeps(branch, item)) visit(branch, steps, item, depth + 1);
      }
    }
    for (const [step, child, member] of members(schema, at, item))
      visit(child, [...steps, step], member, depth + 1);
  };
  visit(pointer, [], value, 0);
  return sites;
}

function members(
  schema: JsonObject,
  at: string,
  item: unknown,
): readonly (readonly [string | number, string, unknown])[] {
  if (Array.isArray(item)) {
    const prefix = listOr(schema["prefixItems"]);
    return item.map((member, index) => [
      index,
      index < prefix.length ? joinPointer(at, "prefixItems", index) : joinPointer(at, "items"),
      member,
    ]);
  }
  if (!isObject(item)) return [];
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  return Object.entries(item).map(([name, member]) => [
    name,
    Object.hasOwn(properties, name)
      ? joinPointer(at, "properties", name)
      : joinPointer(at, "additionalProperties"),
    member,
  ]);
}

/** A copy of `value` in which the place at `steps` holds something else; `undefined` takes it away. */
export function replacedAt(
  value: unknown,
  steps: readonly (string | number)[],
  replacement: unknown,
): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((item, index) => (index === step ? replacedAt(item, rest, replacement) : item));
  if (!isObject(value)) return value;
  const { [step]: old, ...others } = value;
  const next = replacedAt(old, rest, replacement);
  return next === undefined ? others : { ...others, [step]: next };
}
