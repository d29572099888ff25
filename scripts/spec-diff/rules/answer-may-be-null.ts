import { acceptsNull } from "../accepts-null.ts";
import type { Rule } from "./rule.ts";

/** A value of an answer that was never null may be: told where it is used, however the revision writes it. */
export const answerMayBeNull: Rule = {
  id: "answer-may-be-null",
  meaning: "Code that reads the value must handle null.",
  changes: (contracts) =>
    contracts.schemas
      .filter(
        ({ direction, base, revision }) =>
          direction === "response" &&
          !acceptsNull(contracts.base, base.value) &&
          acceptsNull(contracts.revision, revision.value) &&
          // A schema that became open to everything is told as that.
          JSON.stringify(revision.value).includes("null"),
      )
      .map(({ base, revision, sites }) => ({
        bump: "major",
        message: `\`${sites.revision.at(-1)}\` may now be null.`,
        base: sites.base,
        revision: sites.revision,
        before: base.value,
        after: revision.value,
      })),
};
