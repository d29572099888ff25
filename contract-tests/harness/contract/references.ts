import type { Place, PlaceInFile } from "./contract.ts";
import { ContractError } from "./contract-error.ts";
import { isObject, type JsonObject } from "./json-object.ts";
import { valueAt } from "./json-pointer.ts";
import { localPointer } from "./local-pointer.ts";
import type { NotJudged } from "./not-judged.ts";
import { SchemaResources } from "./schema-resources.ts";
import type { VisitedObject } from "./visit-objects.ts";

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
  objects: readonly VisitedObject[],
  file: string,
  place: (pointer: string) => PlaceInFile,
): NotJudged[] {
  const remote: NotJudged[] = [];
  const resources = new SchemaResources(document);
  for (const { kind, value, pointer } of objects) {
    const reference = value["$ref"];
    if (typeof reference !== "string") continue;
    const target = kind === "schema" ? resources.target(reference, pointer) : localPointer(reference);
    if (target !== undefined && valueAt(document, target) !== undefined) continue;
    if (target !== undefined || reference.startsWith("#")) {
      const { file: other, line } = place(pointer);
      throw new ContractError(
        `${other ?? file}:${line}: the $ref at ${pointer} points to ${reference}, which doesn't exist.`,
      );
    }
    remote.push({ pointer, reason: `the reference ${reference} leaves the document, so it isn't followed` });
  }
  return remote;
}
