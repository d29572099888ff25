import { isObject, listOr } from "../contract/json-object.ts";
import { alwaysApplied, branchesOf, type Condition, isMarked, type SchemaReader } from "./in-place.ts";
import { memberSchemas } from "./member-schemas.ts";

/** What the schemas around one say of the value that they all judge. */
export interface Surroundings {
  /**
   * Names that needn't be there though `required` lists them, since only the other direction has them: readOnly ones in
   * a request, writeOnly ones in an answer (OpenAPI 3.0.3, section 4.7.24.2: "the required will take effect on the
   * response only"). Any schema of the same object may say so, also beside the one that requires them.
   */
  readonly always: readonly string[];
  /** The same where the conditions hold together: a branch that the value doesn't match says nothing of it. */
  readonly given: readonly (readonly [name: string, conditions: readonly Condition[]])[];
  /** Children of hierarchies that judge the value already: the discriminator of a parent needn't choose them again. */
  readonly children: readonly Child[];
}

export interface Child {
  readonly pointer: string;
  readonly parents: readonly string[];
}

export const noSurroundings: Surroundings = { always: [], given: [], children: [] };

export function isNothing({ always, given, children }: Surroundings): boolean {
  return always.length + given.length + children.length === 0;
}

/** `inherited`, with what the schema at `pointer` excuses: by itself, or by a branch where that holds. */
export function surroundingsWithin(
  reader: SchemaReader,
  pointer: string,
  mark: "readOnly" | "writeOnly" | undefined,
  inherited: Surroundings,
  parents: readonly string[],
): Surroundings {
  const isNew = parents.length > 0 && inherited.children.every((child) => child.pointer !== pointer);
  const children = isNew
    ? [...inherited.children, { pointer, parents }].sort((a, b) => (a.pointer < b.pointer ? -1 : 1))
    : inherited.children;
  if (mark === undefined) return { ...inherited, children };
  const always = new Set(inherited.always);
  const given = new Map(inherited.given.map((entry) => [JSON.stringify(entry), entry]));
  const seen = new Set<string>();
  const { names } = within(reader, pointer);
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
      for (const branch of branchesOf(reader, place))
        visit(branch.pointer, [...conditions, ...branch.conditions]);
    }
  };
  if (names.size > 0) visit(pointer, []);
  return {
    always: [...always].sort(),
    given: [...given.values()].filter(([name]) => !always.has(name)),
    children,
  };
}

/** Of `around` that which matters to the schema at `pointer`, so that it is compiled no more often than needed. */
export function surroundingsFor(reader: SchemaReader, pointer: string, around: Surroundings): Surroundings {
  if (isNothing(around)) return noSurroundings;
  const { names, places } = within(reader, pointer);
  return {
    always: around.always.filter((name) => names.has(name)),
    given: around.given.filter(([name]) => names.has(name)),
    children: around.children.filter(({ parents }) => parents.some((parent) => places.has(parent))),
  };
}

/** The schema at `pointer` with all that judge the same value, and the names that they require. */
function within(
  reader: SchemaReader,
  pointer: string,
): { readonly names: ReadonlySet<string>; readonly places: ReadonlySet<string> } {
  const names = new Set<string>();
  const places = new Set<string>();
  const waiting = [pointer];
  for (const at of waiting) {
    if (places.has(at)) continue;
    for (const place of alwaysApplied(reader, at)) {
      places.add(place.pointer);
      const dependent = place.schema["dependentRequired"];
      for (const list of [place.schema["required"], ...Object.values(isObject(dependent) ? dependent : {})])
        for (const name of listOr(list)) if (typeof name === "string") names.add(name);
      for (const branch of branchesOf(reader, place))
        if (!places.has(branch.pointer)) waiting.push(branch.pointer);
    }
  }
  return { names, places };
}
