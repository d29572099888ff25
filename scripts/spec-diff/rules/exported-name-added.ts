import { isObject, valueAt } from "../../generate/json.ts";
import type { Rule } from "./rule.ts";

/** A named schema is new: one more generated type is exported. */
export const exportedNameAdded: Rule = {
  id: "exported-name-added",
  meaning: "One more generated type can be imported; existing code is untouched.",
  changes: ({ base, revision }) => {
    const before = valueAt(base, ["components", "schemas"]);
    const after = valueAt(revision, ["components", "schemas"]);
    if (!isObject(after)) return [];
    return Object.keys(after)
      .filter((name) => !isObject(before) || !Object.hasOwn(before, name))
      .map((name) => ({
        bump: "minor" as const,
        message: `The named schema \`${name}\` was added.`,
        revision: ["components", "schemas", name],
        after: after[name],
      }));
  },
};
