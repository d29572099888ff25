import type { Ajv, SchemaValidateFunction } from "ajv";
import type { Excused } from "./excused.ts";
import { isMultipleOf } from "./is-multiple-of.ts";
import { requiredUnless } from "./translate-schema.ts";

/** Which names or indices of a value the rest of a schema has evaluated. */
export type EvaluatedOf = (parentSchema: object, value: object) => ReadonlySet<string | number>;

/** Whether a value is valid against the subschema at `keyword` of a schema. */
export type AcceptedBy = (parentSchema: object, keyword: string, value: unknown) => boolean;

/** Whether a name of an object that a schema requires is excused by a branch of the same schema, or of one around it. */
export type ExcusedBy = (
  parentSchema: object,
  conditions: Excused["given"][number][1],
  value: object,
) => boolean;

/**
 * Replaces the keywords that Ajv is known to judge wrongly (docs/decisions/014-mended-keywords.md): `multipleOf` by
 * binary fractions, and `unevaluatedItems` and `unevaluatedProperties` where annotations come from nested applicators,
 * `contains`, or an `if` without `then`. Adds what `required` says of properties that one direction alone has.
 */
export function mendKeywords(
  ajv: Ajv,
  evaluatedOf: EvaluatedOf,
  accepts: AcceptedBy,
  isExcused: ExcusedBy,
): void {
  ajv.removeKeyword("multipleOf");
  ajv.addKeyword({
    keyword: "multipleOf",
    type: "number",
    schemaType: "number",
    validate: (divisor: number, value: number) => isMultipleOf(value, divisor),
    error: { message: ({ schemaCode }) => `must be multiple of ${String(schemaCode)}` },
  });
  for (const [keyword, type, param] of [
    ["unevaluatedProperties", "object", "unevaluatedProperty"],
    ["unevaluatedItems", "array", "unevaluatedItem"],
  ] as const) {
    const validate: SchemaValidateFunction = (schema, value: object, parentSchema = {}) => {
      const evaluated = evaluatedOf(parentSchema, value);
      const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
        ? [...value.entries()]
        : Object.entries(value);
      const wrong = entries.find(
        ([key, member]) =>
          !evaluated.has(key) && (schema === false || !accepts(parentSchema, keyword, member)),
      );
      if (!wrong) return true;
      const message = `must NOT have unevaluated ${type === "object" ? "properties" : "items"}`;
      validate.errors = [{ keyword, message, params: { [param]: wrong[0] }, parentSchema }];
      return false;
    };
    ajv.removeKeyword(keyword);
    ajv.addKeyword({ keyword, type, schemaType: ["boolean", "object"], validate, errors: true });
  }
  const validate: SchemaValidateFunction = (given: Excused["given"], value: object, parentSchema = {}) => {
    const missing = [...new Set(given.map(([name]) => name))].filter(
      (name) =>
        !Object.hasOwn(value, name) &&
        !given.some(([one, conditions]) => one === name && isExcused(parentSchema, conditions, value)),
    );
    validate.errors = missing.map((missingProperty) => ({
      keyword: "required",
      message: `must have required property '${missingProperty}'`,
      params: { missingProperty },
      parentSchema,
    }));
    return missing.length === 0;
  };
  ajv.addKeyword({ keyword: requiredUnless, type: "object", schemaType: "array", validate, errors: true });
}
