import type { Rule } from "./rule.ts";

/** A response header that was promised may now be missing (OpenAPI 3.1 §4.8.21, `required`). */
export const responseHeaderOptional: Rule = {
  id: "response-header-optional",
  meaning: "A client that reads the header must now handle its absence.",
  changes: ({ headers }) =>
    headers
      .filter(({ base, revision }) => base.value["required"] === true && revision.value["required"] !== true)
      .map(({ key, base, revision }) => ({
        bump: "major",
        message: `Response header \`${key.split(" ")[1]}\` of status ${key.split(" ")[0]} became optional.`,
        base: [...base.path, "required"],
        revision: [...revision.path, "required"],
        before: true,
        after: false,
      })),
};
