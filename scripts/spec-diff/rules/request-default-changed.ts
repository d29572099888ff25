import { isDeepStrictEqual } from "node:util";
import type { Rule } from "./rule.ts";

/** What the server assumes when a client leaves a value out is another than before. */
export const requestDefaultChanged: Rule = {
  id: "request-default-changed",
  meaning: "A client that leaves the value out keeps working but asks for something else than before.",
  changes: ({ schemas }) =>
    schemas.flatMap(({ direction, base, revision }) => {
      const before = base.value["default"];
      const after = revision.value["default"];
      if (direction !== "request" || before === undefined || isDeepStrictEqual(before, after)) return [];
      return [
        {
          bump: "major" as const,
          message: `The default changed from ${JSON.stringify(before)} to ${JSON.stringify(after) ?? "none"}.`,
          base: [...base.path, "default"],
          revision: after === undefined ? revision.path : [...revision.path, "default"],
          before,
          after,
        },
      ];
    }),
};
