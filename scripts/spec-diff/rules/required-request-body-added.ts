import { locate } from "../located.ts";
import type { Rule } from "./rule.ts";

/** An operation that took no body now demands one. */
export const requiredRequestBodyAdded: Rule = {
  id: "required-request-body-added",
  meaning: "Every existing call lacks the body and is refused.",
  changes: ({ base, revision, operations }) =>
    operations.flatMap((pair) => {
      const path = [...pair.revision.path, "requestBody"];
      const after = locate(revision, path);
      const before = locate(base, [...pair.base.path, "requestBody"]);
      if (before !== undefined || after?.value["required"] !== true) return [];
      return [
        {
          bump: "major" as const,
          message: "A required request body was added.",
          revision: path,
          after: after.value,
        },
      ];
    }),
};
