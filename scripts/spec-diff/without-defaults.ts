import type { Json, JsonObject } from "../generate/json.ts";

/** What a keyword means when it is left out (JSON Schema 2020-12 validation §6 and §9, OpenAPI 3.1 §4.8.12). */
const defaults: Readonly<Record<string, Json>> = {
  minLength: 0,
  minItems: 0,
  minProperties: 0,
  uniqueItems: false,
  deprecated: false,
  readOnly: false,
  writeOnly: false,
  required: false,
  allowReserved: false,
  allowEmptyValue: false,
};

/** The same schema, parameter or header without members that only say what holds anyway. */
export function withoutDefaults(object: JsonObject): JsonObject {
  const style = defaultStyle(object);
  const written = object["style"] ?? style;
  return Object.fromEntries(
    Object.entries(object).filter(([key, value]) => {
      if (style !== undefined && key === "style") return value !== style;
      if (style !== undefined && key === "explode") return value !== (written === "form");
      return !Object.hasOwn(defaults, key) || value !== defaults[key];
    }),
  );
}

/** How a parameter is written when it doesn't say so; undefined for what is none. */
function defaultStyle({ name, in: place }: JsonObject): string | undefined {
  if (typeof name !== "string" || typeof place !== "string") return undefined;
  if (place === "query" || place === "cookie") return "form";
  return place === "path" || place === "header" ? "simple" : undefined;
}
