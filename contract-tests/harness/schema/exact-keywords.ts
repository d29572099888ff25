import type { Ajv, SchemaValidateFunction } from "ajv";
import { LargeInteger } from "../contract/large-integer.ts";
import { isInFormat } from "./formats.ts";
import { isMultipleOf } from "./is-multiple-of.ts";
import { repeatedItem } from "./repeated-item.ts";

/** The keywords that compare numbers, in a form that compares large integers exactly: Ajv leaves big integers alone. */
const exactKeywords = [
  "type",
  "format",
  "enum",
  "const",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "uniqueItems",
] as const;

type ExactKeyword = (typeof exactKeywords)[number];

export function isExactKeyword(keyword: string): keyword is ExactKeyword {
  return (exactKeywords as readonly string[]).includes(keyword);
}

/** Name of the exact form of a keyword. */
export const exactly = (keyword: ExactKeyword): string => `x-exact-${keyword}`;

/**
 * Whether Ajv would compare by a function that takes members called `toString` and `valueOf` for those of every object, so
 * that the exact form is needed whatever the value.
 */
export function needsExact(keyword: ExactKeyword, value: unknown): boolean {
  if (keyword === "uniqueItems") return true;
  const constants = keyword === "enum" && Array.isArray(value) ? value : keyword === "const" ? [value] : [];
  return constants.some((one) => typeof one === "object" && one !== null) || exactValue(value) !== value;
}

/** Equality of JSON values (JSON Schema 2020-12, Core, section 4.2.2). */
function equal(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const members = Object.entries(a);
  return (
    members.length === Object.keys(b).length &&
    members.every(([name, member]) => Object.hasOwn(b, name) && equal(member, Reflect.get(b, name)))
  );
}

/** A value with its large integers as big integers; the same when it has none. */
export function exactValue(value: unknown): unknown {
  if (value instanceof LargeInteger) return value.exact;
  if (Array.isArray(value)) {
    const items = value.map(exactValue);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, member, exactValue(member)] as const);
  if (members.every(([, member, exact]) => member === exact)) return value;
  return Object.fromEntries(members.map(([name, , exact]) => [name, exact]));
}

/** Whether a value, or anything in it, is a big integer. */
export function hasBigInteger(value: unknown): boolean {
  if (typeof value === "bigint") return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasBigInteger);
}

const isNumber = (value: unknown): value is number | bigint =>
  typeof value === "number" || typeof value === "bigint";

/** Comparisons of numbers with big integers are exact in the language. */
const judges: Readonly<Record<ExactKeyword, (limit: unknown, value: unknown) => boolean>> = {
  type: (types, value) => [types].flat().some((type) => isOfType(value, type)),
  format: (format, value) => typeof value !== "bigint" || isInFormat(String(format), value),
  enum: (listed, value) => Array.isArray(listed) && listed.some((one) => equal(one, value)),
  const: (constant, value) => equal(constant, value),
  minimum: (limit, value) => !isNumber(value) || !isNumber(limit) || value >= limit,
  maximum: (limit, value) => !isNumber(value) || !isNumber(limit) || value <= limit,
  exclusiveMinimum: (limit, value) => !isNumber(value) || !isNumber(limit) || value > limit,
  exclusiveMaximum: (limit, value) => !isNumber(value) || !isNumber(limit) || value < limit,
  multipleOf: (divisor, value) => !isNumber(value) || !isNumber(divisor) || isMultipleOf(value, divisor),
  uniqueItems: (unique, value) => unique !== true || !Array.isArray(value) || !repeatedItem(value),
};

function isOfType(value: unknown, type: unknown): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "integer":
      return typeof value === "bigint" || Number.isInteger(value);
    case "number":
      return typeof value === "bigint" || Number.isFinite(value);
    default:
      return typeof value === type;
  }
}

const messages: Readonly<Record<ExactKeyword, (limit: unknown) => string>> = {
  type: (types) => `must be ${[types].flat().join(",")}`,
  format: (format) => `must match format "${String(format)}"`,
  enum: () => "must be equal to one of the allowed values",
  const: () => "must be equal to constant",
  minimum: (limit) => `must be >= ${String(limit)}`,
  maximum: (limit) => `must be <= ${String(limit)}`,
  exclusiveMinimum: (limit) => `must be > ${String(limit)}`,
  exclusiveMaximum: (limit) => `must be < ${String(limit)}`,
  multipleOf: (divisor) => `must be multiple of ${String(divisor)}`,
  uniqueItems: () => "must NOT have duplicate items",
};

export function addExactKeywords(ajv: Ajv): void {
  for (const keyword of exactKeywords) {
    const exact = new Map<unknown, unknown>();
    const validate: SchemaValidateFunction = (schema: unknown, value: unknown, parentSchema = {}) => {
      if (!exact.has(schema)) exact.set(schema, exactValue(schema));
      if (judges[keyword](exact.get(schema), value)) return true;
      const params =
        keyword === "enum" ? { allowedValues: schema } : keyword === "const" ? { allowedValue: schema } : {};
      validate.errors = [{ keyword, message: messages[keyword](schema), params, parentSchema }];
      return false;
    };
    ajv.addKeyword({ keyword: exactly(keyword), validate, errors: true });
  }
}
