import { InputError } from "../cli/input-error.ts";
import { fromPointer, isObject, type JsonObject, valueAt, walk } from "./json.ts";
import type { PlaceInPage } from "./place-in-page.ts";

/**
 * Every `$ref` must lead to a value inside the document (OpenAPI 3.1 §4.8.23): a contract whose meaning depends on
 * another file or host can't be kept verbatim, and a chain of references that only leads to itself means nothing.
 *
 * @throws InputError with the place of the first reference that doesn't
 */
export function checkReferences(document: JsonObject, place: PlaceInPage): void {
  walk(document, (value, path) => {
    const reference = isObject(value) ? value["$ref"] : undefined;
    if (reference === undefined || path.includes("example") || path.includes("examples")) return;
    const at = place([...path, "$ref"]);
    if (typeof reference !== "string")
      throw new InputError(`${at}: $ref must be a string; correct the page at its source.`);
    if (!reference.startsWith("#"))
      throw new InputError(
        `${at}: the $ref "${reference}" leads outside the page; only references within it ("#/…") are read, so inline what it means.`,
      );
    followReference(document, reference, at);
  });
}

function followReference(document: JsonObject, first: string, at: string): void {
  const seen = new Set<string>();
  for (let reference = first; ; ) {
    if (seen.has(reference))
      throw new InputError(
        `${at}: the $ref "${first}" leads back to itself without ever reaching a value; break the cycle.`,
      );
    seen.add(reference);
    const value = valueAt(document, fromPointer(reference));
    if (value === undefined)
      throw new InputError(
        `${at}: the $ref "${reference}" leads nowhere; name an existing component or add the missing one.`,
      );
    const next = isObject(value) ? value["$ref"] : undefined;
    if (typeof next !== "string") return;
    reference = next;
  }
}
