import { InputError } from "../cli/input-error.ts";
import { fromPointer, isObject, type Json, type JsonObject, type Path, valueAt } from "./json.ts";
import type { PlaceInPage } from "./place-in-page.ts";

/**
 * Every `$ref` must lead to a value inside the document (OpenAPI 3.1 §4.8.23): a contract whose meaning depends on
 * another file or host can't be kept verbatim, and a chain of references that only leads to itself means nothing.
 *
 * @param extensions whether a `$ref` in an extension (OpenAPI 3.1 §4.9) is one too: the compilers follow it
 * @throws InputError with the place of the first reference that doesn't
 */
export function checkReferences(
  document: JsonObject,
  place: PlaceInPage,
  extensions: "references" | "data" = "references",
): void {
  walkReferences(document, extensions, (value, keyword, path) => {
    const reference = value[keyword];
    if (reference === undefined) return;
    const at = place([...path, keyword]);
    if (typeof reference !== "string")
      throw new InputError(`${at}: ${keyword} must be a string; correct the page at its source.`);
    if (!reference.startsWith("#"))
      throw new InputError(
        `${at}: the ${keyword} "${reference}" leads outside the page; only references within it ("#/…") are read, so inline what it means.`,
      );
    if (keyword === "$ref") followReference(document, reference, at);
  });
}

/** Under these keywords stand values of somebody's own, in which `$ref` is a name like any other. */
const examples = new Set<unknown>(["example", "examples", "const", "default", "enum"]);
/** Under these stand names of somebody's choice, whatever they are called. */
const named = new Set<unknown>([
  ...["properties", "patternProperties", "$defs", "dependentSchemas"],
  ...["schemas", "parameters", "headers", "requestBodies", "securitySchemes", "links", "pathItems"],
  ...["content", "encoding"],
]);
/** Under these too, but under an operation only where they don't begin with "x-" (OpenAPI 3.1 §4.8.16, §4.8.18). */
const namedAmongComponents = new Set<unknown>(["responses", "callbacks"]);

function walkReferences(
  document: JsonObject,
  extensions: "references" | "data",
  visit: (value: JsonObject, keyword: "$ref" | "$dynamicRef", path: Path) => void,
): void {
  const enter = (value: Json, path: Path, isMap: boolean): void => {
    if (Array.isArray(value))
      for (const [index, item] of value.entries()) enter(item, [...path, index], false);
    if (!isObject(value)) return;
    if (!isMap) for (const keyword of ["$ref", "$dynamicRef"] as const) visit(value, keyword, path);
    for (const [key, member] of Object.entries(value)) {
      if (!isMap && (examples.has(key) || (extensions === "data" && key.startsWith("x-")))) continue;
      const isComponents = path.length === 1 && path[0] === "components";
      const isNamed = named.has(key) || (isComponents && namedAmongComponents.has(key));
      enter(member, [...path, key], !isMap && isNamed);
    }
  };
  enter(document, [], false);
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
