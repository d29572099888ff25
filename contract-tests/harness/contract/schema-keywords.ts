/** Keywords whose value is a schema; before JSON Schema 2020-12, `items` could be a list of them as well. */
export const oneSchema = [
  "items",
  "additionalItems",
  "additionalProperties",
  "contains",
  "contentSchema",
  "else",
  "if",
  "not",
  "propertyNames",
  "then",
  "unevaluatedItems",
  "unevaluatedProperties",
] as const;

/** Keywords whose value is a list of schemas. */
export const listOfSchemas = ["allOf", "anyOf", "oneOf", "prefixItems"] as const;

/** Keywords whose value has schemas under names of its own. */
export const mapOfSchemas = [
  "properties",
  "patternProperties",
  "dependentSchemas",
  "$defs",
  "definitions",
] as const;
