import { isObject, type JsonObject, type Path, valueAt } from "../../generate/json.ts";
import { mayBeNull } from "../marked-null.ts";
import type { Rule } from "./rule.ts";

/** An answer's value may now be null, or null may no longer be sent; the other way round is harmless. */
export const nullabilityChanged: Rule = {
  id: "nullability-changed",
  meaning: "Code that reads the value must handle null, or code that sends null is refused.",
  changes: (contracts) =>
    contracts.schemas.flatMap(({ direction, base, revision, sites }) => {
      const before = allowsNull(contracts.base, [sites.base, base.path]);
      const after = allowsNull(contracts.revision, [sites.revision, revision.path]);
      if (before === after) return [];
      const isHarm = direction === "response" ? after : before;
      const harmless = direction === "request" ? "minor" : "patch";
      const owner = direction === "response" ? "an answer" : "a request";
      return [
        {
          bump: isHarm ? "major" : harmless,
          message: `\`${sites.base.at(-1)}\` of ${owner} may ${after ? "now" : "no longer"} be null.`,
          base: sites.base,
          revision: sites.revision,
          before: before ? "may be null" : "never null",
          after: after ? "may be null" : "never null",
        },
      ];
    }),
};

/** Beside a reference, or in what it leads to. */
function allowsNull(document: JsonObject, places: readonly Path[]): boolean {
  return places.some((path) => {
    const schema = valueAt(document, path);
    return isObject(schema) && schema[mayBeNull] === true;
  });
}
