import type { Place } from "./contract.ts";
import { ContractError } from "./contract-error.ts";
import { isObject, type JsonObject } from "./json-object.ts";
import { valueAt } from "./json-pointer.ts";
import { localPointer } from "./local-pointer.ts";
import type { NotJudged } from "./not-judged.ts";
import { visitObjects } from "./visit-objects.ts";

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
 * the file is told as not judged. Examples and extensions are data and are left alone.
 */
export function checkReferences(
  document: JsonObject,
  file: string,
  line: (pointer: string) => number,
): NotJudged[] {
  const remote: NotJudged[] = [];
  for (const { kind, value, pointer } of visitObjects(document)) {
    const reference = value["$ref"];
    if (typeof reference !== "string") continue;
    const target = localPointer(reference);
    if (target !== undefined && valueAt(document, target) === undefined) {
      // A schema with an `$id` is a document of its own, in which its references are at home: the oracle follows those.
      if (kind === "schema" && isWithinResource(document, pointer)) continue;
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
  return remote;
}

/** True when a schema at `pointer` or above it has an `$id`. */
function isWithinResource(document: JsonObject, pointer: string): boolean {
  for (let at = pointer; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
    const value = valueAt(document, at);
    if (isObject(value) && typeof value["$id"] === "string") return true;
  }
  return false;
}
