import type { Rule } from "./rule.ts";

/** A property that an answer no longer has (`writeOnly`), or a request no longer takes (`readOnly`; OpenAPI 3.0 §4.7.24). */
export const propertyWithheld: Rule = {
  id: "property-withheld",
  meaning:
    "A client that reads or sends the property does so in vain: it is documented only for the other direction.",
  changes: ({ schemas }) =>
    schemas.flatMap(({ direction, base, revision }) => {
      const keyword = direction === "response" ? "writeOnly" : "readOnly";
      if (base.value[keyword] === true || revision.value[keyword] !== true) return [];
      return [
        {
          bump: "major" as const,
          message: `\`${base.path.at(-1)}\` became ${keyword}.`,
          base: [...base.path, keyword],
          revision: [...revision.path, keyword],
          after: true,
        },
      ];
    }),
};
