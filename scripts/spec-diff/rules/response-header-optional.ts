import { locate, membersOf } from "../contract-pairs.ts";
import type { Rule } from "./rule.ts";

/** A response header that was promised may now be missing (OpenAPI 3.1 §4.8.21, `required`). */
export const responseHeaderOptional: Rule = {
  id: "response-header-optional",
  meaning: "A client that reads the header must now handle its absence.",
  changes: ({ base, revision, operations }) =>
    operations.flatMap((pair) => {
      const operation = locate(base, pair.base.path);
      if (operation === undefined) return [];
      return membersOf(base, operation, "responses").flatMap(([status, response]) =>
        membersOf(base, response, "headers").flatMap(([name, header]) => {
          const answer = locate(revision, [...pair.revision.path, "responses", status]);
          const after = answer && locate(revision, [...answer.path, "headers", name]);
          if (header.value["required"] !== true || after === undefined || after.value["required"] === true)
            return [];
          return [
            {
              bump: "major" as const,
              message: `Response header \`${name}\` of status ${status} became optional.`,
              base: [...header.path, "required"],
              revision: [...after.path, "required"],
              before: true,
              after: false,
            },
          ];
        }),
      );
    }),
};
