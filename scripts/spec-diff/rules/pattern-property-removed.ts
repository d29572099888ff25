import { isObject } from "../../generate/json.ts";
import type { Rule } from "./rule.ts";

/** What properties with names of a pattern hold is no longer documented. */
export const patternPropertyRemoved: Rule = {
  id: "pattern-property-removed",
  meaning: "A client that reads or sends properties with such names can no longer know what they contain.",
  changes: ({ schemas }) =>
    schemas.flatMap(({ base, revision }) => {
      const before = base.value["patternProperties"];
      const after = revision.value["patternProperties"];
      if (!isObject(before)) return [];
      return Object.keys(before)
        .filter((pattern) => !isObject(after) || !Object.hasOwn(after, pattern))
        .map((pattern) => ({
          bump: "major" as const,
          message: `Properties with names like \`${pattern}\` were removed.`,
          base: [...base.path, "patternProperties", pattern],
          before: before[pattern],
        }));
    }),
};
