import { isObject, type Json } from "../../generate/json.ts";
import type { Rule } from "./rule.ts";

/** Keywords that bound what a client may send. */
const bounds = [
  "enum",
  "type",
  "const",
  "maximum",
  "exclusiveMaximum",
  "maxLength",
  "maxItems",
  "maxProperties",
  "minimum",
  "exclusiveMinimum",
  "minLength",
  "minItems",
  "minProperties",
  "pattern",
  "format",
  "multipleOf",
  "required",
  "uniqueItems",
];

/**
 * A client may send more than before. Whether a bound became wider or narrower is Redocly's
 * to say: where it calls the change breaking, its rating stands.
 */
export const requestLoosened: Rule = {
  id: "request-loosened",
  meaning: "Existing calls work as before; a client may now send what was refused before.",
  changes: ({ schemas }) =>
    schemas
      .filter(({ direction }) => direction === "request")
      .flatMap((pair) =>
        bounds
          .filter(
            (keyword) =>
              pair.base.value[keyword] !== undefined &&
              differs(pair.base.value, pair.revision.value, keyword),
          )
          .map((keyword) => ({
            bump: "minor" as const,
            message: describe(keyword, pair.base.value[keyword], pair.revision.value[keyword]),
            base: [...pair.base.path, keyword],
            revision: [...pair.revision.path, keyword],
            before: pair.base.value[keyword],
            after: pair.revision.value[keyword],
          })),
      ),
};

function differs(before: { [key: string]: Json }, after: { [key: string]: Json }, keyword: string): boolean {
  return keyOf(before[keyword]) !== keyOf(after[keyword]);
}

/** Every list among these values is a set. */
function keyOf(value: Json | undefined): string | undefined {
  return JSON.stringify(Array.isArray(value) ? value.map((item) => JSON.stringify(item)).sort() : value);
}

function describe(keyword: string, before: Json | undefined, after: Json | undefined): string {
  if (keyword === "enum" && Array.isArray(before) && Array.isArray(after))
    return `A request may also say ${after
      .filter((value) => !before.includes(value))
      .map((value) => JSON.stringify(value))
      .join(", ")}.`;
  return `\`${keyword}\` of a request value became ${show(after)} (was ${show(before)}).`;
}

function show(value: Json | undefined): string {
  if (value === undefined) return "absent";
  return Array.isArray(value) || isObject(value) ? JSON.stringify(value) : `${value}`;
}
