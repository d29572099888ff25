import type { Ajv, SchemaValidateFunction } from "ajv";
import { addExactKeywords } from "./exact-keywords.ts";
import { isMultipleOf } from "./is-multiple-of.ts";
import { repeatedItem } from "./repeated-item.ts";
import type { Surroundings } from "./surroundings.ts";
import { discriminatorKeyword, requiredUnless } from "./translate-schema.ts";

/** Which names or indices of a value the rest of a schema has evaluated. */
export type EvaluatedOf = (parentSchema: object, value: object) => ReadonlySet<string | number>;

/** Whether a value is valid against the subschema at `keyword` of a schema. */
export type AcceptedBy = (parentSchema: object, keyword: string, value: unknown) => boolean;

/** Whether a name of an object that a schema requires is excused by a branch of the same schema, or of one around it. */
export type ExcusedBy = (
  parentSchema: object,
  conditions: Surroundings["given"][number][1],
  value: object,
) => boolean;

/** What a discriminator has against an object; see `discriminatorErrors`. */
export type DiscriminatorErrors = (
  parentSchema: object,
  value: object,
  judged: readonly string[],
) => readonly MendedError[];

export interface MendedError {
  readonly keyword: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly parentSchema?: object;
  /** Within the value that is judged. */
  readonly instancePath?: string;
}

/** What the mended keywords ask of the oracle. */
export interface Mending {
  readonly evaluatedOf: EvaluatedOf;
  readonly accepts: AcceptedBy;
  readonly isExcused: ExcusedBy;
  readonly discriminatorErrors: DiscriminatorErrors;
}

const unique: SchemaValidateFunction = (isAsked: boolean, items: readonly unknown[], parentSchema = {}) => {
  const [first, again] = (isAsked && repeatedItem(items)) || [];
  if (again === undefined) return true;
  const message = `must NOT have duplicate items (items ## ${again} and ${first} are identical)`;
  unique.errors = [{ keyword: "uniqueItems", message, params: { i: again, j: first }, parentSchema }];
  return false;
};

/**
 * Replaces the keywords that Ajv is known to judge wrongly or slowly (docs/decisions/014-mended-keywords.md): `uniqueItems`,
 * for which Ajv compares every object of a list with every other, `multipleOf` by
 * binary fractions, and `unevaluatedItems` and `unevaluatedProperties` where annotations come from nested applicators,
 * `contains`, or an `if` without `then`. Adds what `required` says of properties that one direction alone has.
 */
export function mendKeywords(
  ajv: Ajv,
  { evaluatedOf, accepts, isExcused, discriminatorErrors }: Mending,
): void {
  addExactKeywords(ajv);
  // Nobody asks for what Ajv keeps of evaluated members, and it fails while it does for some schemas.
  Object.assign(ajv.opts, { unevaluated: false });
  ajv.removeKeyword("uniqueItems");
  ajv.addKeyword({
    keyword: "uniqueItems",
    type: "array",
    schemaType: "boolean",
    validate: unique,
    errors: true,
  });
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
  const validate: SchemaValidateFunction = (
    given: Surroundings["given"],
    value: object,
    parentSchema = {},
  ) => {
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
  const discriminate: SchemaValidateFunction = (
    judged: readonly string[],
    value: object,
    parentSchema = {},
    at,
  ) => {
    const errors = discriminatorErrors(parentSchema, value, judged);
    discriminate.errors = errors.map((error) => ({
      parentSchema,
      ...error,
      instancePath: (at?.instancePath ?? "") + (error.instancePath ?? ""),
    }));
    return errors.length === 0;
  };
  ajv.addKeyword({
    keyword: discriminatorKeyword,
    type: "object",
    schemaType: "array",
    validate: discriminate,
    errors: true,
  });
}
