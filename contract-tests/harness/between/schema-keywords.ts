import { isObject, listOr } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { listOfSchemas, mapOfSchemas, oneSchema } from "../contract/schema-keywords.ts";
import type { Oracle } from "../schema/oracle.ts";

/** A keyword of a schema: its value, and the pointer of the schema that has it, which references may lead to. */
export interface Keyword {
  readonly value: unknown;
  readonly owner: string;
}

/** A schema as it is meant: with what its references lead to, and `false` as what it stands for. */
export interface MeantSchema {
  /** Of the schema at the end of the references. */
  readonly pointer: string;
  readonly keywords: ReadonlyMap<string, Keyword>;
}

/** Follows the references of the schema at `pointer`; keywords beside a reference count as well. */
export function meantSchema(oracle: Oracle, pointer: string): MeantSchema {
  const keywords = new Map<string, Keyword>();
  const seen = new Set<string>();
  let at = pointer;
  for (;;) {
    seen.add(at);
    const schema = oracle.source(at);
    if (schema === false) keywords.set("not", { value: {}, owner: at });
    const { $ref, ...own } = isObject(schema) ? schema : {};
    for (const [name, value] of Object.entries(own))
      if (!keywords.has(name)) keywords.set(name, { value, owner: at });
    const next = typeof $ref === "string" ? oracle.target($ref, at) : undefined;
    if (next === undefined || seen.has(next)) return { pointer: at, keywords };
    at = next;
  }
}

/** Most schemas that are gathered below one. */
const mostGathered = 2_000;

/** Pointers of the schema and of all that it holds or refers to. */
export function schemasWithin(oracle: Oracle, pointer: string): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [pointer];
  for (let at = waiting.pop(); at !== undefined && found.size < mostGathered; at = waiting.pop()) {
    const schema = oracle.source(at);
    if (found.has(at)) continue;
    found.add(at);
    if (!isObject(schema)) continue;
    const here = at;
    const target = typeof schema["$ref"] === "string" ? oracle.target(schema["$ref"], here) : undefined;
    if (target !== undefined) waiting.push(target);
    for (const keyword of oneSchema) if (isObject(schema[keyword])) waiting.push(joinPointer(here, keyword));
    for (const keyword of listOfSchemas)
      for (const index of listOr(schema[keyword]).keys()) waiting.push(joinPointer(here, keyword, index));
    for (const keyword of mapOfSchemas) {
      const map = schema[keyword];
      if (isObject(map)) for (const name of Object.keys(map)) waiting.push(joinPointer(here, keyword, name));
    }
  }
  return found;
}

/** The pointer of the schema whose keyword is broken. */
export function ownerOf(constraint: string): string {
  return constraint.slice(0, constraint.lastIndexOf("/"));
}
