import type { Rule } from "./rule.ts";

/** A parameter that had to be sent may be left out. */
export const parameterBecameOptional: Rule = {
  id: "parameter-became-optional",
  meaning: "Existing calls work as before; a client may now leave the parameter out.",
  changes: ({ parameters }) =>
    parameters
      .filter(({ base, revision }) => base.value["required"] === true && revision.value["required"] !== true)
      .map(({ base, revision }) => ({
        bump: "minor",
        message: `Parameter \`${base.value["name"]}\` in ${base.value["in"]} became optional.`,
        base: [...base.path, "required"],
        revision: [...revision.path, "required"],
        before: true,
        after: false,
      })),
};
