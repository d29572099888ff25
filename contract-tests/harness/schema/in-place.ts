import { isObject, type JsonObject, listOr } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";

/** What stands at a pointer, and where references lead. */
export interface SchemaReader {
  source(pointer: string): unknown;
  target(reference: string, pointer: string): string | undefined;
  /** Where a `$dynamicRef` leads; undefined also where that isn't certain. */
  dynamicTarget(reference: string, pointer: string): string | undefined;
  /** The schemas that a discriminator at `pointer` chooses from, when they name that schema as their parent. */
  children?(pointer: string): readonly Branch[];
}

export interface SchemaPlace {
  readonly pointer: string;
  readonly schema: JsonObject;
}

/** Another schema of the same value, which applies under conditions. */
export interface Branch {
  readonly pointer: string;
  readonly conditions: readonly Condition[];
}

/** The value is valid against the schema at `pointer` (or isn't), or it has a member of this name, with one of these values. */
export type Condition =
  | { readonly pointer: string; readonly holds: boolean; readonly asks?: true }
  | { readonly has: string; readonly values?: readonly string[] };

/** Whether `value` meets a condition; `accepts` says what it is valid against. */
export function isMet(
  condition: Condition,
  value: unknown,
  accepts: (pointer: string, asks: boolean) => boolean,
): boolean {
  if (!("has" in condition)) return accepts(condition.pointer, condition.asks === true) === condition.holds;
  if (!isObject(value) || !Object.hasOwn(value, condition.has)) return false;
  return condition.values?.includes(String(value[condition.has])) ?? true;
}

/** The schemas that every value of the one at `pointer` is judged by as a whole: itself, `$ref` and `allOf`. */
export function alwaysApplied(reader: SchemaReader, pointer: string): readonly SchemaPlace[] {
  const places = new Map<string, JsonObject>();
  const visit = (at: string): void => {
    const schema = reader.source(at);
    if (!isObject(schema) || places.has(at)) return;
    places.set(at, schema);
    for (const next of certainlyNext(reader, { pointer: at, schema })) visit(next);
  };
  visit(pointer);
  return [...places].map(([at, schema]) => ({ pointer: at, schema }));
}

/** Pointers of what `alwaysApplied` goes on to. */
export function certainlyNext(reader: SchemaReader, { pointer, schema }: SchemaPlace): readonly string[] {
  const { $ref, $dynamicRef } = schema;
  const targets = [
    typeof $ref === "string" ? (reader.target($ref, pointer) ?? []) : [],
    typeof $dynamicRef === "string" ? (reader.dynamicTarget($dynamicRef, pointer) ?? []) : [],
  ].flat();
  return [...targets, ...[...listOr(schema["allOf"]).keys()].map((at) => joinPointer(pointer, "allOf", at))];
}

/** The schemas of the same value that apply where they, or what they depend on, hold. */
export function branchesOf(reader: SchemaReader, { pointer, schema }: SchemaPlace): readonly Branch[] {
  const branches: Branch[] = [...(reader.children?.(pointer) ?? [])];
  const add = (at: string, conditions: readonly Condition[] = []) =>
    branches.push({ pointer: at, conditions: [...conditions, { pointer: at, holds: true }] });
  for (const keyword of ["anyOf", "oneOf"])
    for (const index of listOr(schema[keyword]).keys()) add(joinPointer(pointer, keyword, index));
  if (schema["if"] !== undefined) {
    const condition = { pointer: joinPointer(pointer, "if"), asks: true } as const;
    branches.push({ pointer: condition.pointer, conditions: [{ ...condition, holds: true }] });
    for (const [keyword, holds] of [
      ["then", true],
      ["else", false],
    ] as const)
      if (schema[keyword] !== undefined) add(joinPointer(pointer, keyword), [{ ...condition, holds }]);
  }
  const dependent = schema["dependentSchemas"];
  for (const name of Object.keys(isObject(dependent) ? dependent : {}))
    add(joinPointer(pointer, "dependentSchemas", name), [{ has: name }]);
  return branches;
}

/** Whether the schema at `pointer`, or one that always applies with it, says `keyword: true`. */
export function isMarked(reader: SchemaReader, pointer: string, keyword: string): boolean {
  return alwaysApplied(reader, pointer).some(({ schema }) => schema[keyword] === true);
}
