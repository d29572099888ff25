import { isObject, type JsonObject, listOr } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { branchesOf, certainlyNext, isMarked } from "../schema/in-place.ts";
import type { Oracle } from "../schema/oracle.ts";
import type { Direction } from "../schema/translate-schema.ts";

interface Branch {
  readonly keyword: "anyOf" | "oneOf";
  /** `branch 2`. */
  readonly value: string;
}

/** A schema by which some part of a value is judged. */
export interface DescribedPart {
  readonly pointer: string;
  readonly schema: JsonObject;
  /** Which part it is: `/items/*`; empty for the whole. */
  readonly place: string;
  /** Which branch of a keyword it is, for one of several that a value may choose. */
  readonly branch?: Branch;
  /** Whether a member of that name isn't for this direction. */
  readonly isForeign: (name: string) => boolean;
}

/**
 * Every schema by which a value of the one at `root` is judged, each once, at the place where it is met first: what stands
 * higher comes first. What is not for this direction (`readOnly`, `writeOnly`) is left out with all that is in it.
 */
export function* describedParts(
  oracle: Oracle,
  root: string,
  direction: Direction,
): Generator<DescribedPart> {
  const foreign = direction === "request" ? "readOnly" : "writeOnly";
  const waiting: { pointer: string; place: string; branch?: Branch }[] = [{ pointer: root, place: "" }];
  const seen = new Set<string>();
  for (const next of waiting) {
    const { pointer, place } = next;
    const schema = oracle.source(pointer);
    if (!isObject(schema) || seen.has(pointer)) continue;
    seen.add(pointer);
    const isForeign = (name: string) => isMarked(oracle, joinPointer(pointer, "properties", name), foreign);
    yield { ...next, schema, isForeign };
    for (const at of certainlyNext(oracle, { pointer, schema })) waiting.push({ pointer: at, place });
    for (const { pointer: at } of branchesOf(oracle, { pointer, schema })) {
      if (at === joinPointer(pointer, "if")) continue; // it asks, and demands nothing
      const branch = branchAt(at, pointer);
      waiting.push({ pointer: at, place, ...(branch ? { branch } : {}) });
    }
    for (const member of membersOf(pointer, schema))
      if (place.length < longestPlace && !isMarked(oracle, member.pointer, foreign))
        waiting.push({ pointer: member.pointer, place: `${place}/${member.step}` });
  }
}

function branchAt(at: string, pointer: string): Branch | undefined {
  for (const keyword of ["anyOf", "oneOf"] as const) {
    const above = `${joinPointer(pointer, keyword)}/`;
    if (at.startsWith(above)) return { keyword, value: `branch ${Number(at.slice(above.length)) + 1}` };
  }
  return undefined;
}

/** Nobody reads longer ones; what is so deep in a value is seldom met. */
const longestPlace = 300;

function* membersOf(pointer: string, schema: JsonObject): Generator<{ pointer: string; step: string }> {
  const named = (keyword: string) => (isObject(schema[keyword]) ? Object.keys(schema[keyword]) : []);
  for (const name of named("properties"))
    yield { pointer: joinPointer(pointer, "properties", name), step: name };
  for (const index of listOr(schema["prefixItems"]).keys())
    yield { pointer: joinPointer(pointer, "prefixItems", index), step: String(index) };
  for (const keyword of ["items", "additionalProperties"])
    yield { pointer: joinPointer(pointer, keyword), step: "*" };
  for (const pattern of named("patternProperties"))
    yield { pointer: joinPointer(pointer, "patternProperties", pattern), step: "*" };
}
