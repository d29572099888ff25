import { isDeepStrictEqual } from "node:util";
import { isObject, type Json, type JsonObject, walk } from "../json.ts";
import { excludeEachOther } from "./exclude-each-other.ts";
import type { Repair, RepairChange } from "./repair.ts";

/** `oneOf` whose alternatives may both be valid, instead of `anyOf` (see docs/decisions/006-overlapping-one-of.md). */
export const overlappingOneOf: Repair = {
  id: "overlapping-one-of",
  why: "The exporter writes every union as `oneOf`, also where a value can keep two alternatives at once, such as 3 for `number` and `integer`; JSON Schema 2020-12 §10.2.1.3 refuses such a value, which the page means to allow. Where the alternatives exclude each other, `oneOf` says the same as `anyOf` and stays.",
  apply(document) {
    const changes: RepairChange[] = [];
    walk(document, (value, path) => {
      if (!isObject(value) || !Array.isArray(value["oneOf"]) || value["anyOf"] !== undefined) return;
      const alternatives = distinct(value["oneOf"]);
      const overlap =
        alternatives.length < value["oneOf"].length ? "equal ones" : firstOverlap(alternatives, document);
      if (overlap === undefined) return;
      value["oneOf"] = alternatives;
      renameKey(value, "oneOf", "anyOf");
      changes.push({
        path: [...path, "oneOf"],
        from: "oneOf",
        to: `anyOf, since ${overlap} can be valid together`,
      });
    });
    return changes;
  },
};

/** The exporter lists an alternative twice where two of the provider's types look the same in the page. */
function distinct(alternatives: readonly Json[]): Json[] {
  return alternatives.filter(
    (alternative, index) =>
      alternatives.findIndex((other) => isDeepStrictEqual(other, alternative)) === index,
  );
}

function firstOverlap(alternatives: readonly Json[], document: JsonObject): string | undefined {
  for (const [index, alternative] of alternatives.entries())
    for (let other = index + 1; other < alternatives.length; other += 1)
      if (!excludeEachOther(alternative, alternatives[other], document)) return `${index} and ${other}`;
  return undefined;
}

/** Renames a member and keeps the members' order. */
function renameKey(object: JsonObject, from: string, to: string): void {
  for (const [key, member] of Object.entries(object)) {
    delete object[key];
    object[key === from ? to : key] = member;
  }
}
