import { isObject, type JsonObject } from "./json-object.ts";
import { joinPointer } from "./json-pointer.ts";
import type { NotJudged } from "./not-judged.ts";
import type { VisitedObject } from "./visit-objects.ts";

/** Keywords that say nothing about validity, and the type that their value must have. */
const annotations: Readonly<Record<string, string>> = {
  title: "string",
  description: "string",
  $comment: "string",
  deprecated: "boolean",
  readOnly: "boolean",
  writeOnly: "boolean",
};
/** Whose value may be null. */
const data = new Set(["const", "default", "example"]);

/**
 * Takes out of a document's schemas what breaks the rules of JSON Schema and can mean one thing only, or nothing, and
 * tells it: names twice in `required` or `type`, a keyword without a value (`pattern:` with nothing behind it), an
 * annotation of the wrong type, `$recursiveAnchor` in a dialect that doesn't know it any more.
 *
 * @param objects those of the document, rewritten in place
 */
export function takeOutHarmlessBreaches(
  document: JsonObject,
  objects: readonly VisitedObject[],
): NotJudged[] {
  const told: NotJudged[] = [];
  const knowsRecursion = String(document["jsonSchemaDialect"]).includes("/2019-09/");
  for (const { kind, value, pointer } of objects) {
    if (kind !== "schema") continue;
    const schema: Record<string, unknown> = value;
    const takeOut = (keyword: string, why: string, left?: unknown) => {
      if (left === undefined) delete schema[keyword];
      else schema[keyword] = left;
      told.push({ pointer: joinPointer(pointer, keyword), reason: `${keyword} ${why}` });
    };
    for (const [keyword, held] of Object.entries(schema)) {
      const type = Object.hasOwn(annotations, keyword) ? annotations[keyword] : undefined;
      if (held === null && !data.has(keyword) && !keyword.startsWith("x-"))
        takeOut(keyword, "has no value, so it is ignored");
      else if (type !== undefined && typeof held !== type)
        takeOut(keyword, `must be a ${type}, so it is ignored`);
      else if ((keyword === "required" || keyword === "type") && hasTwice(held))
        takeOut(keyword, "lists a value twice; the second is ignored", [...new Set(held)]);
      else if (keyword === "required" && typeof held === "boolean")
        takeOut(keyword, "must be a list of names, so it is ignored");
      else if (keyword === "$recursiveAnchor" && !knowsRecursion)
        takeOut(keyword, "is unknown to this version of JSON Schema, so it is ignored");
    }
    // A property that is left empty (`name:`) may be anything.
    const properties = isObject(schema["properties"]) ? schema["properties"] : {};
    for (const [name, property] of Object.entries(properties)) {
      if (property !== null) continue;
      (properties as Record<string, unknown>)[name] = {};
      told.push({
        pointer: joinPointer(pointer, "properties", name),
        reason: "the property has no schema, so any value is accepted",
      });
    }
  }
  return told;
}

function hasTwice(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && new Set(value).size < value.length;
}
