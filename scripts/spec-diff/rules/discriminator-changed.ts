import { isObject, type JsonObject } from "../../generate/json.ts";
import type { Rule } from "./rule.ts";

/** Another property tells alternatives apart, or one of its values means another alternative (OpenAPI 3.1 §4.8.25). */
export const discriminatorChanged: Rule = {
  id: "discriminator-changed",
  meaning: "Code that tells the alternatives apart by the property no longer does.",
  changes: ({ schemas }) =>
    schemas.flatMap(({ base, revision }) => {
      const before = base.value["discriminator"];
      const after = revision.value["discriminator"];
      if (!isObject(before) || !isObject(after)) return [];
      const [property, mapping] = [before["propertyName"], before["mapping"]];
      if (property === after["propertyName"] && isKept(mapping, after["mapping"])) return [];
      return [
        {
          bump: "major" as const,
          message: `The discriminator \`${property}\` changed.`,
          base: [...base.path, "discriminator"],
          revision: [...revision.path, "discriminator"],
          before,
          after,
        },
      ];
    }),
};

function isKept(before: JsonObject[string] | undefined, after: JsonObject[string] | undefined): boolean {
  if (!isObject(before)) return true;
  return Object.entries(before).every(([value, target]) => isObject(after) && after[value] === target);
}
