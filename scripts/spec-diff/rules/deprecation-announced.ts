import type { Rule } from "./rule.ts";

/** `deprecated: true` appeared on an operation or a schema; SemVer §7 asks for a minor release. */
export const deprecationAnnounced: Rule = {
  id: "deprecation-announced",
  meaning: "It still works, but plan to move away from it.",
  changes: ({ operations, schemas }) => [
    ...operations
      .filter(
        ({ base, revision }) =>
          base.operation["deprecated"] !== true && revision.operation["deprecated"] === true,
      )
      .map(({ base, revision }) => announced(base.path, revision.path)),
    ...schemas
      .filter(
        ({ base, revision }) => base.value["deprecated"] !== true && revision.value["deprecated"] === true,
      )
      .map(({ base, revision }) => announced(base.path, revision.path)),
  ],
};

function announced(base: readonly (string | number)[], revision: readonly (string | number)[]) {
  return {
    bump: "minor" as const,
    message: `\`${base.at(-1)}\` was deprecated.`,
    base: [...base, "deprecated"],
    revision: [...revision, "deprecated"],
    after: true,
  };
}
