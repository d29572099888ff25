import { isObject, type JsonObject, listOr } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { jsonText } from "../contract/large-integer.ts";

/** A rule that one schema makes about a value. */
export interface Constraint {
  readonly keyword: string;
  readonly pointer: string;
  /** Which of several at one pointer. */
  readonly value?: string;
  /** Whether it says anything of `value`: a `maxLength` of a number doesn't. */
  readonly appliesTo: (value: unknown) => boolean;
}

type Applies = (value: unknown, rule: unknown) => boolean;

const always: Applies = () => true;
const toText: Applies = (value) => typeof value === "string";
const toNumber: Applies = (value) => typeof value === "number" || value instanceof Number;
const toList: Applies = (value) => Array.isArray(value);
const toObject: Applies = (value) => isObject(value);
const has = (value: unknown, name: unknown) =>
  isObject(value) && typeof name === "string" && Object.hasOwn(value, name);

/** The keywords of JSON Schema 2020-12 and OpenAPI that a value can break, and the values that they speak of. */
const keywords: Readonly<Record<string, Applies>> = {
  type: always,
  enum: always,
  const: always,
  not: always,
  anyOf: always,
  oneOf: always,
  minLength: toText,
  maxLength: toText,
  pattern: toText,
  format: (value) => typeof value === "string" || toNumber(value, undefined),
  minimum: toNumber,
  maximum: toNumber,
  exclusiveMinimum: toNumber,
  exclusiveMaximum: toNumber,
  multipleOf: toNumber,
  minItems: toList,
  maxItems: toList,
  uniqueItems: toList,
  contains: toList,
  minContains: toList,
  maxContains: toList,
  unevaluatedItems: toList,
  items: toList,
  minProperties: toObject,
  maxProperties: toObject,
  additionalProperties: toObject,
  unevaluatedProperties: toObject,
  propertyNames: (value) => isObject(value) && Object.keys(value).length > 0,
  dependentRequired: (value, rule) => isObject(rule) && Object.keys(rule).some((name) => has(value, name)),
  discriminator: (value, rule) => isObject(rule) && has(value, rule["propertyName"]),
};

/** With a schema as their value these describe members, which have rules of their own; `false` is a rule. */
const describesMembers = new Set([
  "items",
  "unevaluatedItems",
  "additionalProperties",
  "unevaluatedProperties",
]);

/** Every rule that the schema at `pointer` makes itself; those of its subschemas are theirs. */
export function constraintsOf(pointer: string, schema: JsonObject): readonly Constraint[] {
  const found: Constraint[] = [];
  for (const [keyword, applies] of Object.entries(keywords)) {
    const rule = schema[keyword];
    if (rule === undefined || (describesMembers.has(keyword) && rule !== false)) continue;
    if (keyword === "uniqueItems" && rule !== true) continue;
    found.push({
      keyword,
      pointer: joinPointer(pointer, keyword),
      appliesTo: (value) => applies(value, rule),
    });
  }
  for (const name of new Set(listOr(schema["required"])))
    if (typeof name === "string")
      found.push({
        keyword: "required",
        pointer: joinPointer(pointer, "required"),
        value: name,
        appliesTo: isObject,
      });
  for (const listed of listOr(schema["enum"])) {
    const text = jsonText(listed) ?? "";
    found.push({
      keyword: "enum value",
      pointer: joinPointer(pointer, "enum"),
      value: text,
      appliesTo: (value) => jsonText(value) === text,
    });
  }
  return found;
}
