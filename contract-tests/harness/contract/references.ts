import type { Place } from "./contract.ts";
import { ContractError } from "./contract-error.ts";
import { isObject, type JsonObject } from "./json-object.ts";
import { joinPointer, valueAt } from "./json-pointer.ts";
import type { NotJudged } from "./not-judged.ts";

/** Pointer that a local reference (`#/a/b`, percent-encoded) names; undefined for any other reference. */
export function localPointer(reference: string): string | undefined {
  if (reference === "#") return "";
  if (!reference.startsWith("#/")) return undefined;
  try {
    return decodeURIComponent(reference.slice(1));
  } catch {
    return reference.slice(1);
  }
}

/** Follows the `$ref`s of Reference Objects from `pointer` on. Throws `ContractError` on a dangling or circular one. */
export function resolveReference(document: JsonObject, file: string, pointer: string): Place {
  const seen = new Set<string>();
  let at = pointer;
  for (;;) {
    const value = valueAt(document, at);
    const reference = isObject(value) ? value["$ref"] : undefined;
    if (typeof reference !== "string") return { value, pointer: at };
    const next = localPointer(reference);
    if (next === undefined) return { value, pointer: at };
    if (seen.has(next)) throw new ContractError(`${file}: the $ref at ${pointer} refers to itself.`);
    seen.add(next);
    at = next;
  }
}

/**
 * Every `$ref` of the document is looked at once: a local one that names nothing is a `ContractError`, one that leaves
 * the file is told as not judged. Examples are data and are left alone.
 */
export function checkReferences(
  document: JsonObject,
  file: string,
  line: (pointer: string) => number,
): NotJudged[] {
  const remote: NotJudged[] = [];
  const visit = (value: unknown, pointer: string, names: boolean): void => {
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) visit(item, joinPointer(pointer, index), false);
      return;
    }
    if (!isObject(value)) return;
    const reference = names ? undefined : value["$ref"];
    if (typeof reference === "string") {
      const target = localPointer(reference);
      if (target !== undefined && valueAt(document, target) === undefined) {
        throw new ContractError(
          `${file}:${line(pointer)}: the $ref at ${pointer} refers to ${reference}, which doesn't exist.`,
        );
      }
      if (target === undefined && !reference.startsWith("#")) {
        remote.push({
          pointer,
          reason: `the reference ${reference} leaves the document, and only local ones are followed`,
        });
      }
    }
    for (const [key, member] of Object.entries(value)) {
      if (!names && dataKeys.has(key)) continue;
      visit(member, joinPointer(pointer, key), !names && nameMaps.has(key));
    }
  };
  visit(document, "", false);
  return remote;
}

/** Fields that hold data, in which a "$ref" is only a word. */
const dataKeys = new Set(["example", "examples", "default", "const", "enum", "value"]);
/** Fields whose members' names are free: a property may be called "$ref" or "example". */
const nameMaps = new Set([
  "properties",
  "patternProperties",
  "$defs",
  "definitions",
  "dependentSchemas",
  "schemas",
]);
