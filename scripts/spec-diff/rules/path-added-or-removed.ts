import { isObject, type JsonObject } from "../../generate/json.ts";
import type { Rule } from "./rule.ts";

/** A path that only one of the contracts has: Redocly would take a similar one for its new name. */
export const pathRemoved: Rule = {
  id: "path-removed",
  meaning: "Every call to it fails, and its methods vanish from the generated client.",
  changes: ({ base, paths }) =>
    templatesOf(base)
      .filter((template) => !paths.some((pair) => pair.base === template))
      .map((template) => ({
        bump: "major",
        message: `Path \`${template}\` was removed.`,
        base: ["paths", template],
      })),
};

/** A path that is new. */
export const pathAdded: Rule = {
  id: "path-added",
  meaning: "There is more to call; existing code is untouched.",
  changes: ({ revision, paths }) =>
    templatesOf(revision)
      .filter((template) => !paths.some((pair) => pair.revision === template))
      .map((template) => ({
        bump: "minor",
        message: `Path \`${template}\` was added.`,
        revision: ["paths", template],
      })),
};

function templatesOf({ paths }: JsonObject): string[] {
  return isObject(paths) ? Object.keys(paths) : [];
}
