import { isObject, type Json, type JsonObject, type Path, walk } from "../generate/json.ts";
import { type LocatedOperation, operationsOf } from "../generate/operations-of.ts";
import type { Direction } from "./change.ts";
import { type Located, locate } from "./located.ts";
import { headersOf, type Part, parametersOf, schemaSitesOf } from "./operation-parts.ts";
import { pairBranches } from "./pair-branches.ts";

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

/** The same member of a list in both contracts, where neither a key nor the position tells which one it is. */
export interface MemberPair {
  readonly base: Path;
  readonly revision: Path;
}

/** Two contracts side by side, as rules read them. */
export interface ContractPair {
  readonly base: JsonObject;
  readonly revision: JsonObject;
  /** Path templates, the names of their parameters aside. */
  readonly paths: readonly { readonly base: string; readonly revision: string }[];
  readonly operations: readonly OperationPair[];
  readonly parameters: readonly PartPair[];
  /** Headers of answers. */
  readonly headers: readonly PartPair[];
  readonly schemas: readonly SchemaPair[];
  /** Branches of combinations and positions of tuples. */
  readonly members: readonly MemberPair[];
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
  const both = <T>(partsOf: (document: JsonObject, operation: LocatedOperation) => Part<T>[]) =>
    operations.flatMap((pair) => inBoth(partsOf(base, pair.base), partsOf(revision, pair.revision)));
  const collector = new SchemaCollector(base, revision);
  for (const site of both(schemaSitesOf))
    collector.collect(site.base.direction, site.base.path, site.revision.path);
  collector.collectRest();
  const { schemas, members } = collector;
  return {
    base,
    revision,
    paths: pairPaths(base, revision),
    operations,
    parameters: both(parametersOf),
    headers: both(headersOf),
    schemas,
    members,
  };
}

function operationKey({ method, template }: LocatedOperation): string {
  return `${method} ${shapeOf(template)}`;
}

function pairPaths(base: JsonObject, revision: JsonObject): { base: string; revision: string }[] {
  const later = new Map(keysOf(revision["paths"]).map((template) => [shapeOf(template), template]));
  return keysOf(base["paths"]).flatMap((template) => {
    const match = later.get(shapeOf(template));
    return match === undefined ? [] : [{ base: template, revision: match }];
  });
}

function shapeOf(template: string): string {
  return template.replaceAll(/\{[^{}]*\}/g, "{}");
}

function inBoth<T>(base: readonly Part<T>[], revision: readonly Part<T>[]) {
  const later = new Map(revision.map(({ key, part }) => [key, part]));
  return base.flatMap(({ key, part }) => {
    const match = later.get(key);
    return match === undefined ? [] : [{ key, base: part, revision: match }];
  });
}

const single = ["items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"];
const named = ["properties", "patternProperties", "dependentSchemas"];
const combinations = ["allOf", "oneOf", "anyOf"];

class SchemaCollector {
  readonly schemas: SchemaPair[] = [];
  readonly members: MemberPair[] = [];
  readonly #documents;
  readonly #seen = new Set<string>();

  constructor(base: JsonObject, revision: JsonObject) {
    this.#documents = { base, revision };
  }

  /** Pairs two schemas and all that is in them, references followed. */
  collect(direction: Direction | undefined, baseSite: Path, revisionSite: Path): void {
    const base = locate(this.#documents.base, baseSite);
    const revision = locate(this.#documents.revision, revisionSite);
    if (base === undefined || revision === undefined) return;
    const sites = { base: baseSite, revision: revisionSite };
    if (direction !== undefined) this.schemas.push({ direction, base, revision, sites });
    const key = JSON.stringify([direction, base.path, revision.path]);
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    for (const keyword of single)
      this.collect(direction, [...base.path, keyword], [...revision.path, keyword]);
    for (const keyword of named)
      for (const name of keysOf(base.value[keyword]))
        this.collect(direction, [...base.path, keyword, name], [...revision.path, keyword, name]);
    for (const member of this.#membersOf(base, revision)) {
      this.members.push(member);
      this.collect(direction, member.base, member.revision);
    }
  }

  /** Pairs what no operation uses (components, webhooks, callbacks): it is the same where its place is. */
  collectRest(): void {
    walk(this.#documents.base, (value, path) => {
      if (isObject(value) && combinations.some((keyword) => Array.isArray(value[keyword])))
        this.collect(undefined, path, path);
    });
  }

  #membersOf(base: Located, revision: Located): MemberPair[] {
    const pairs: MemberPair[] = [];
    const add = (keyword: string, before: number, after: number): void => {
      pairs.push({ base: [...base.path, keyword, before], revision: [...revision.path, keyword, after] });
    };
    for (const keyword of combinations)
      for (const [before, after] of pairBranches(
        this.#documents,
        [...base.path, keyword],
        [...revision.path, keyword],
      ))
        add(keyword, before, after);
    for (const index of keysOf(base.value["prefixItems"])) add("prefixItems", Number(index), Number(index));
    return pairs;
  }
}

function keysOf(value: Json | undefined): string[] {
  return isObject(value) || Array.isArray(value) ? Object.keys(value) : [];
}
