import { isDeepStrictEqual } from "node:util";
import { isObject, type Json, type JsonObject } from "../../generate/json.ts";
import type { Rule } from "./rule.ts";

/** `const` or `enum` with objects or lists as values changed: Redocly compares plain values alone. */
export const structuredValueChanged: Rule = {
  id: "structured-value-changed",
  meaning: "A client sends or expects a different value from the one now documented.",
  changes: ({ schemas }) =>
    schemas.flatMap(({ direction, base, revision }) =>
      (["const", "enum"] as const).flatMap((keyword) => {
        const before = valuesOf(base.value, keyword);
        const after = valuesOf(revision.value, keyword);
        if (before === undefined || after === undefined || ![...before, ...after].some(isStructured))
          return [];
        // A request must stay acceptable, an answer expected.
        const [kept, among] = direction === "request" ? [before, after] : [after, before];
        if (kept.every((value) => among.some((other) => isDeepStrictEqual(value, other)))) return [];
        return [
          {
            bump: "major" as const,
            message: `The values of \`${keyword}\` changed.`,
            base: [...base.path, keyword],
            revision: [...revision.path, keyword],
            before: base.value[keyword],
            after: revision.value[keyword],
          },
        ];
      }),
    ),
};

function valuesOf(schema: JsonObject, keyword: "const" | "enum"): readonly Json[] | undefined {
  const value = schema[keyword];
  if (value === undefined) return undefined;
  return keyword === "enum" && Array.isArray(value) ? value : [value];
}

function isStructured(value: Json): boolean {
  return isObject(value) || Array.isArray(value);
}
