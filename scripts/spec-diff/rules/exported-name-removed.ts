import { isObject, valueAt } from "../../generate/json.ts";
import type { Rule } from "./rule.ts";

/** A named schema is gone or has another name: a generated type is exported under each name. */
export const exportedNameRemoved: Rule = {
  id: "exported-name-removed",
  meaning: "Code that imports the generated type by this name no longer compiles.",
  changes: ({ base, revision }) => {
    const before = valueAt(base, ["components", "schemas"]);
    const after = valueAt(revision, ["components", "schemas"]);
    if (!isObject(before)) return [];
    return Object.keys(before)
      .filter((name) => !isObject(after) || !Object.hasOwn(after, name))
      .map((name) => ({
        bump: "major" as const,
        message: `The named schema \`${name}\` was removed or renamed.`,
        base: ["components", "schemas", name],
        before: before[name],
      }));
  },
};
