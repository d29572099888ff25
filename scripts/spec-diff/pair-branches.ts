import { isObject, type Json, type JsonObject, type Path, valueAt } from "../generate/json.ts";
import { locate } from "./located.ts";

/** Indexes of two lists of schemas that mean the same branch: `[index in the base, index in the revision]`. */
export type BranchPairs = readonly (readonly [number, number])[];

/** Keywords that say something about a schema without deciding what is valid (JSON Schema 2020-12 validation §9). */
const annotations = new Set(["title", "description", "example", "examples", "$comment", "deprecated"]);

/**
 * What tells a branch of `allOf`, `oneOf` or `anyOf` from its neighbours, from certain to likely: a branch has no name
 * of its own, and its place means nothing. Of several that are alike the first ones of both lists belong together.
 */
const traits: readonly ((schema: JsonObject, written: Json) => Json | undefined)[] = [
  (_, written) => (isObject(written) ? written["$ref"] : undefined),
  ({ title }) => title,
  (schema) => withoutAnnotations(schema),
  (schema) => constantsOf(schema),
  (schema) => propertyNamesOf(schema),
  ({ type, format }) => (type === undefined ? undefined : [type, format ?? null]),
  ({ type }) => type ?? "any",
];

/** Pairs the branches of one combination in two contracts. */
export function pairBranches(
  documents: { readonly base: JsonObject; readonly revision: JsonObject },
  base: Path,
  revision: Path,
): BranchPairs {
  const open = { base: branchesAt(documents.base, base), revision: branchesAt(documents.revision, revision) };
  const pairs: [number, number][] = [];
  for (const trait of traits) {
    const waiting = new Map<string, number[]>();
    for (const [index, branch] of open.revision) {
      const key = keyOf(trait(branch.schema, branch.written));
      if (key !== undefined) waiting.set(key, [...(waiting.get(key) ?? []), index]);
    }
    for (const [index, branch] of [...open.base]) {
      const key = keyOf(trait(branch.schema, branch.written));
      const match = key === undefined ? undefined : waiting.get(key)?.shift();
      if (match === undefined) continue;
      pairs.push([index, match]);
      open.base.delete(index);
      open.revision.delete(match);
    }
  }
  return pairs;
}

interface Branch {
  /** As it stands in the list. */
  readonly written: Json;
  /** With its reference followed. */
  readonly schema: JsonObject;
}

function branchesAt(document: JsonObject, path: Path): Map<number, Branch> {
  const list = valueAt(document, path);
  if (!Array.isArray(list)) return new Map();
  return new Map(
    list.map((written, index) => [
      index,
      { written, schema: locate(document, [...path, index])?.value ?? {} },
    ]),
  );
}

function keyOf(trait: Json | undefined): string | undefined {
  return trait === undefined ? undefined : JSON.stringify(sorted(trait));
}

function withoutAnnotations(schema: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => !annotations.has(key))
      .map(([key, value]) => [key, inside(value)]),
  );
}

function inside(value: Json): Json {
  if (Array.isArray(value)) return value.map(inside);
  return isObject(value) ? withoutAnnotations(value) : value;
}

/** The values by which a property names its branch, as discriminators do: `{ kind: { const: "card" } }`. */
function constantsOf({ properties }: JsonObject): Json | undefined {
  if (!isObject(properties)) return undefined;
  const constants = Object.entries(properties).flatMap(([name, property]): [string, Json][] => {
    if (!isObject(property)) return [];
    const values = property["const"] === undefined ? property["enum"] : [property["const"]];
    return Array.isArray(values) && values.length === 1 ? [[name, values]] : [];
  });
  return constants.length === 0 ? undefined : Object.fromEntries(constants);
}

function propertyNamesOf({ properties }: JsonObject): Json | undefined {
  return isObject(properties) ? Object.keys(properties).sort() : undefined;
}

/** The same value whatever the order of its keys, and of lists that are sets. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => {
        const member = sorted(value[key] ?? null);
        const isSet = Array.isArray(member) && ["required", "enum", "type"].includes(key);
        return [
          key,
          isSet ? [...member].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : member,
        ];
      }),
  );
}
