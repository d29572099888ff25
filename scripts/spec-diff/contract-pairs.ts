import { fromPointer, isObject, type Json, type JsonObject, type Path, valueAt } from "../generate/json.ts";
import { type LocatedOperation, operationsOf } from "../generate/operations-of.ts";
import type { Direction } from "./change.ts";

/** A value and its place, with references already followed. */
export interface Located {
  readonly value: JsonObject;
  readonly path: Path;
}

/** The same operation in the base and in the revision. */
export interface OperationPair {
  readonly base: LocatedOperation;
  readonly revision: LocatedOperation;
}

/** A schema that stands at the same place of the same operation in both contracts. */
export interface SchemaPair {
  readonly direction: Direction;
  readonly base: Located;
  readonly revision: Located;
}

/** Two contracts side by side, as rules read them. */
export interface ContractPair {
  readonly base: JsonObject;
  readonly revision: JsonObject;
  readonly operations: readonly OperationPair[];
  readonly schemas: readonly SchemaPair[];
}

/** Aligns two contracts: operations by method and path (parameter names aside), schemas by where they are used. */
export function pairContracts(base: JsonObject, revision: JsonObject): ContractPair {
  const later = new Map(operationsOf(revision).map((located) => [operationKey(located), located]));
  const operations = operationsOf(base).flatMap((located) => {
    const match = later.get(operationKey(located));
    return match === undefined ? [] : [{ base: located, revision: match }];
  });
  const schemas: SchemaPair[] = [];
  const seen = new Set<string>();
  const documents = { base, revision };
  for (const pair of operations)
    for (const { direction, path } of schemaPlaces(documents.base, pair.base)) {
      const other = placeInRevision(documents, pair, path);
      if (other !== undefined) collect(documents, direction, path, other, schemas, seen);
    }
  return { base, revision, operations, schemas };
}

function operationKey({ method, template }: LocatedOperation): string {
  return `${method} ${template.replaceAll(/\{[^}]*\}/g, "{}")}`;
}

/** Follows `$ref`s from a path; undefined when no object is there. */
export function locate(document: JsonObject, path: Path): Located | undefined {
  for (let at = path, hops = 0; hops < 100; hops += 1) {
    const value = valueAt(document, at);
    if (!isObject(value)) return undefined;
    const reference = value["$ref"];
    if (typeof reference !== "string") return { value, path: at };
    at = fromPointer(reference);
  }
  return undefined;
}

/** The members of an object's member, references followed: `[name, located]`. */
export function membersOf(document: JsonObject, owner: Located, key: string): [string, Located][] {
  const members = owner.value[key];
  if (!isObject(members) && !Array.isArray(members)) return [];
  return Object.keys(members).flatMap((name): [string, Located][] => {
    const located = locate(document, [...owner.path, key, name]);
    return located === undefined ? [] : [[name, located]];
  });
}

interface SchemaPlace {
  readonly direction: Direction;
  readonly path: Path;
}

/** Every place of an operation where a schema stands: parameters, bodies, answers and their headers. */
function schemaPlaces(document: JsonObject, { path }: LocatedOperation): SchemaPlace[] {
  const operation = locate(document, path);
  if (operation === undefined) return [];
  const places: SchemaPlace[] = [];
  const content = (direction: Direction, owner: Located): void => {
    for (const [, media] of membersOf(document, owner, "content"))
      places.push({ direction, path: [...media.path, "schema"] });
  };
  for (const [, parameter] of membersOf(document, operation, "parameters")) {
    places.push({ direction: "request", path: [...parameter.path, "schema"] });
    content("request", parameter);
  }
  const body = locate(document, [...path, "requestBody"]);
  if (body !== undefined) content("request", body);
  for (const [, response] of membersOf(document, operation, "responses")) {
    content("response", response);
    for (const [, header] of membersOf(document, response, "headers"))
      places.push({ direction: "response", path: [...header.path, "schema"] });
  }
  return places;
}

/** Where the revision has what stands at `path` in the base; parameters are matched by name and location. */
function placeInRevision(
  { base, revision }: { base: JsonObject; revision: JsonObject },
  pair: OperationPair,
  path: Path,
): Path | undefined {
  const own = pair.base.path;
  if (!own.every((key, index) => path[index] === key)) return path;
  const rest = path.slice(own.length);
  if (rest[0] !== "parameters") return [...pair.revision.path, ...rest];
  const parameter = locate(base, path.slice(0, own.length + 2));
  const operation = locate(revision, pair.revision.path);
  if (parameter === undefined || operation === undefined) return undefined;
  const match = membersOf(revision, operation, "parameters").find(
    ([, { value }]) => value["name"] === parameter.value["name"] && value["in"] === parameter.value["in"],
  );
  return match && [...match[1].path, ...rest.slice(2)];
}

const single = ["items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"];
const several = [
  "properties",
  "patternProperties",
  "allOf",
  "oneOf",
  "anyOf",
  "prefixItems",
  "dependentSchemas",
];

function collect(
  documents: { base: JsonObject; revision: JsonObject },
  direction: Direction,
  basePath: Path,
  revisionPath: Path,
  schemas: SchemaPair[],
  seen: Set<string>,
): void {
  const base = locate(documents.base, basePath);
  const revision = locate(documents.revision, revisionPath);
  if (base === undefined || revision === undefined) return;
  const key = JSON.stringify([direction, base.path, revision.path]);
  if (seen.has(key)) return;
  seen.add(key);
  schemas.push({ direction, base, revision });
  const into = (...keys: string[]): void =>
    collect(documents, direction, [...base.path, ...keys], [...revision.path, ...keys], schemas, seen);
  for (const keyword of single) into(keyword);
  for (const keyword of several) for (const name of keysOf(base.value[keyword])) into(keyword, name);
}

function keysOf(value: Json | undefined): string[] {
  return isObject(value) || Array.isArray(value) ? Object.keys(value) : [];
}
