import { isDeepStrictEqual } from "node:util";
import { isObject, type Json } from "../../generate/json.ts";
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
      if (!Array.isArray(before) || isDeepStrictEqual(positions(before), positions(after))) return [];
      return [
        {
          bump: "major" as const,
          message: "The positions of `prefixItems` changed.",
          base: [...base.path, "prefixItems"],
          revision: [...revision.path, "prefixItems"],
          before,
          after,
        },
      ];
    }),
};

function positions(items: Json | undefined): unknown[] {
  if (!Array.isArray(items)) return [];
  return items.map((item) => (isObject(item) ? telling.map((keyword) => item[keyword]) : item));
}
