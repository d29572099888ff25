import { isObject, type Json, type JsonObject, type Path } from "../generate/json.ts";
import { type LocatedOperation, operationsOf } from "../generate/operations-of.ts";
import type { Direction } from "./change.ts";
import { type Located, locate } from "./located.ts";
import { headersOf, type Part, parametersOf, schemaSitesOf } from "./operation-parts.ts";

/** The same operation in the base and in the revision. */
export interface OperationPair {
  readonly base: LocatedOperation;
  readonly revision: LocatedOperation;
}

/** The same part of the same operation in both contracts. */
export interface PartPair {
  /** How the two were found to be the same, e.g. "query limit" or "200 x-rate". */
  readonly key: string;
  readonly base: Located;
  readonly revision: Located;
}

/** A schema that stands at the same place of the same operation in both contracts. */
export interface SchemaPair {
  readonly base: Located;
  readonly revision: Located;
  readonly direction: Direction;
  /** Where each stands before references are followed: beside a `$ref` there may be other keywords. */
  readonly sites: { readonly base: Path; readonly revision: Path };
}

/** Two contracts side by side, as rules read them. */
export interface ContractPair {
  readonly base: JsonObject;
  readonly revision: JsonObject;
  readonly operations: readonly OperationPair[];
  readonly parameters: readonly PartPair[];
  /** Headers of answers. */
  readonly headers: readonly PartPair[];
  readonly schemas: readonly SchemaPair[];
}

/**
 * Aligns two contracts: operations by method and path (parameter names aside), and in them whatever is used alike, even
 * when one revision writes it out and the other one refers to a component, or to another component.
 */
export function pairContracts(base: JsonObject, revision: JsonObject): ContractPair {
  const later = new Map(operationsOf(revision).map((located) => [operationKey(located), located]));
  const operations = operationsOf(base).flatMap((located) => {
    const match = later.get(operationKey(located));
    return match === undefined ? [] : [{ base: located, revision: match }];
  });
  const documents = { base, revision };
  const both = <T>(partsOf: (document: JsonObject, operation: LocatedOperation) => Part<T>[]) =>
    operations.flatMap((pair) => inBoth(partsOf(base, pair.base), partsOf(revision, pair.revision)));
  const schemas: SchemaPair[] = [];
  const seen = new Set<string>();
  for (const site of both(schemaSitesOf))
    collect(documents, site.base.direction, site.base.path, site.revision.path, schemas, seen);
  return { base, revision, operations, parameters: both(parametersOf), headers: both(headersOf), schemas };
}

function operationKey({ method, template }: LocatedOperation): string {
  return `${method} ${template.replaceAll(/\{[^}]*\}/g, "{}")}`;
}

function inBoth<T>(base: readonly Part<T>[], revision: readonly Part<T>[]) {
  const later = new Map(revision.map(({ key, part }) => [key, part]));
  return base.flatMap(({ key, part }) => {
    const match = later.get(key);
    return match === undefined ? [] : [{ key, base: part, revision: match }];
  });
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
  baseSite: Path,
  revisionSite: Path,
  schemas: SchemaPair[],
  seen: Set<string>,
): void {
  const base = locate(documents.base, baseSite);
  const revision = locate(documents.revision, revisionSite);
  if (base === undefined || revision === undefined) return;
  schemas.push({ direction, base, revision, sites: { base: baseSite, revision: revisionSite } });
  const key = JSON.stringify([direction, base.path, revision.path]);
  if (seen.has(key)) return;
  seen.add(key);
  const into = (...keys: string[]): void =>
    collect(documents, direction, [...base.path, ...keys], [...revision.path, ...keys], schemas, seen);
  for (const keyword of single) into(keyword);
  for (const keyword of several) for (const name of keysOf(base.value[keyword])) into(keyword, name);
}

function keysOf(value: Json | undefined): string[] {
  return isObject(value) || Array.isArray(value) ? Object.keys(value) : [];
}
