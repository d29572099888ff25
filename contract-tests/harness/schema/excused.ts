import { isObject, listOr } from "../contract/json-object.ts";
import { alwaysApplied, branchesOf, type Condition, isMarked, type SchemaReader } from "./in-place.ts";
import { memberSchemas } from "./member-schemas.ts";

/**
 * Names that needn't be there though `required` lists them, since only the other direction has them: readOnly ones in a
 * request, writeOnly ones in an answer (OpenAPI 3.0.3, section 4.7.24.2: "the required will take effect on the response
 * only"). Any schema of the same object may say so, also beside the one that requires them.
 */
export interface Excused {
  readonly always: readonly string[];
  /** Where the conditions hold together: a branch that the value doesn't match says nothing of it. */
  readonly given: readonly (readonly [name: string, conditions: readonly Condition[]])[];
}

export const nothingExcused: Excused = { always: [], given: [] };

/** `inherited`, with what the schema at `pointer` excuses: by itself, or by a branch where that holds. */
export function excusedWithin(
  reader: SchemaReader,
  pointer: string,
  mark: "readOnly" | "writeOnly",
  inherited: Excused,
): Excused {
  const always = new Set(inherited.always);
  const given = new Map(inherited.given.map((entry) => [JSON.stringify(entry), entry]));
  const seen = new Set<string>();
  const names = requiredWithin(reader, pointer);
  const visit = (at: string, conditions: readonly Condition[]): void => {
    if (seen.has(at)) return;
    for (const place of alwaysApplied(reader, at)) {
      seen.add(place.pointer);
      for (const name of names) {
        const members = memberSchemas(place.pointer, place.schema, name);
        if (!members.some((member) => isMarked(reader, member, mark))) continue;
        const entry = [name, conditions] as const;
        if (conditions.length === 0) always.add(name);
        else given.set(JSON.stringify(entry), entry);
      }
      for (const branch of branchesOf(place)) visit(branch.pointer, [...conditions, ...branch.conditions]);
    }
  };
  if (names.size > 0) visit(pointer, []);
  return { always: [...always].sort(), given: [...given.values()].filter(([name]) => !always.has(name)) };
}

/** Of what is excused that which matters to the schema at `pointer`, so that it is compiled no more often than needed. */
export function excusedFor(reader: SchemaReader, pointer: string, excused: Excused): Excused {
  if (excused.always.length + excused.given.length === 0) return nothingExcused;
  const names = requiredWithin(reader, pointer);
  return {
    always: excused.always.filter((name) => names.has(name)),
    given: excused.given.filter(([name]) => names.has(name)),
  };
}

/** The names that the schema at `pointer` and those of the same value require. */
function requiredWithin(reader: SchemaReader, pointer: string): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<string>();
  const waiting = [pointer];
  for (const at of waiting) {
    if (seen.has(at)) continue;
    for (const place of alwaysApplied(reader, at)) {
      seen.add(place.pointer);
      const dependent = place.schema["dependentRequired"];
      for (const list of [place.schema["required"], ...Object.values(isObject(dependent) ? dependent : {})])
        for (const name of listOr(list)) if (typeof name === "string") names.add(name);
      for (const branch of branchesOf(place)) if (!seen.has(branch.pointer)) waiting.push(branch.pointer);
    }
  }
  return names;
}
