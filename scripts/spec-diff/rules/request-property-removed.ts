import { isObject } from "../../generate/json.ts";
import type { Rule } from "./rule.ts";

/** A property that clients could send is no longer documented. */
export const requestPropertyRemoved: Rule = {
  id: "request-property-removed",
  meaning: "A client that still sends it is ignored or refused, and its call no longer compiles.",
  changes: ({ schemas }) =>
    schemas.flatMap(({ direction, base, revision }) => {
      const before = base.value["properties"];
      const after = revision.value["properties"];
      if (direction !== "request" || !isObject(before)) return [];
      return Object.keys(before)
        .filter((name) => !isObject(after) || !Object.hasOwn(after, name))
        .map((name) => ({
          bump: "major" as const,
          message: `Request property \`${name}\` was removed.`,
          base: [...base.path, "properties", name],
          before: before[name],
        }));
    }),
};
