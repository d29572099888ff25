import { locate, membersOf } from "../contract-pairs.ts";
import type { Rule } from "./rule.ts";

/** A parameter that had to be sent may be left out. */
export const parameterBecameOptional: Rule = {
  id: "parameter-became-optional",
  meaning: "Existing calls work as before; a client may now leave the parameter out.",
  changes: ({ base, revision, operations }) =>
    operations.flatMap((pair) => {
      const before = locate(base, pair.base.path);
      const after = locate(revision, pair.revision.path);
      if (before === undefined || after === undefined) return [];
      const later = membersOf(revision, after, "parameters").map(([, parameter]) => parameter);
      return membersOf(base, before, "parameters").flatMap(([, parameter]) => {
        const { name, in: place, required } = parameter.value;
        const match = later.find(({ value }) => value["name"] === name && value["in"] === place);
        if (required !== true || match === undefined || match.value["required"] === true) return [];
        return [
          {
            bump: "minor" as const,
            message: `Parameter \`${name}\` in ${place} became optional.`,
            base: [...parameter.path, "required"],
            revision: [...match.path, "required"],
            before: true,
            after: false,
          },
        ];
      });
    }),
};
