import { isDeepStrictEqual } from "node:util";
import { isObject, type Json, type JsonObject } from "../../generate/json.ts";
import type { Rule } from "./rule.ts";

/** Keywords that tell what stands at a position of a tuple. */
const telling = ["$ref", "type", "const", "enum", "format"];

/** `prefixItems` (JSON Schema 2020-12 §10.3.1.1) got other positions: Redocly pairs the items by likeness, not by place. */
export const tupleItemsChanged: Rule = {
  id: "tuple-items-changed",
  meaning: "A client that reads or writes the array by position gets another value there.",
  changes: ({ schemas }) =>
    schemas.flatMap(({ base, revision }) => {
      const before = base.value["prefixItems"];
      const after = revision.value["prefixItems"];
      if (!Array.isArray(before) && !Array.isArray(after)) return [];
      const length = Math.max(lengthOf(before), lengthOf(after));
      if (
        lengthOf(before) > lengthOf(after) ||
        (Array.isArray(before) && lengthOf(before) < lengthOf(after)) ||
        !isDeepStrictEqual(positions(base.value, length), positions(revision.value, length))
      )
        return [
          {
            bump: "major" as const,
            message: "The positions of `prefixItems` changed.",
            base: Array.isArray(before) ? [...base.path, "prefixItems"] : base.path,
            revision: Array.isArray(after) ? [...revision.path, "prefixItems"] : revision.path,
            before,
            after,
          },
        ];
      return [];
    }),
};

function lengthOf(items: Json | undefined): number {
  return Array.isArray(items) ? items.length : 0;
}

/** What stands at each position: behind the listed ones it is whatever `items` says. */
function positions(schema: JsonObject, length: number): unknown[] {
  const listed = schema["prefixItems"];
  return Array.from({ length }, (_, index) => {
    const item = (Array.isArray(listed) ? listed[index] : undefined) ?? schema["items"];
    return isObject(item) ? telling.map((keyword) => settled(item[keyword])) : item;
  });
}

/** Lists among these values are sets. */
function settled(value: Json | undefined): unknown {
  return Array.isArray(value) ? new Set(value) : value;
}
