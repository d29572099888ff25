import fc from "fast-check";
import { jsonText } from "../contract/large-integer.ts";
import {
  AllowanceSpent,
  BeyondBudget,
  type Budget,
  checkCharacters,
  checkEnds,
  checkMembers,
} from "./budget.ts";
import {
  discriminatedValues,
  enumOf,
  type FlatSchema,
  flattenSchema,
  formatOf,
  type JsonType,
  numberOf,
  patternsOf,
} from "./flat-schema.ts";
import { formatSamples } from "./format-samples.ts";
import { matchingPattern } from "./matching-pattern.ts";
import type { Oracle } from "./oracle.ts";
import { isSentProperty } from "./sent-property.ts";

const maxDepth = 4;

/** Values shaped by the schema at `pointer`: most are valid, and the oracle says which. */
export function arbitraryValue(oracle: Oracle, pointer: string, depth = 0): fc.Arbitrary<unknown> {
  oracle.budget.spend();
  checkEnds(oracle.whyEndless(pointer));
  const first = flattenSchema(oracle, pointer);
  const variants = Math.min(first.variants, 8);
  const options = Array.from({ length: variants }, (_, variant) =>
    ofFlat(oracle, variant === 0 ? first : flattenSchema(oracle, pointer, variant), depth),
  );
  const [only] = options;
  return options.length === 1 && only ? only : fc.oneof(...options);
}

/** Like `arbitraryValue`, with one choice of branches. */
export function arbitraryVariant(
  oracle: Oracle,
  pointer: string,
  variant: number,
  depth: number,
): fc.Arbitrary<unknown> {
  return ofFlat(oracle, flattenSchema(oracle, pointer, variant), depth);
}

function ofFlat(oracle: Oracle, flat: FlatSchema, depth: number): fc.Arbitrary<unknown> {
  const listed = enumOf(flat);
  if (listed && listed.length > 0) return fc.constantFrom(...listed);
  // Types that exclude each other leave none: whatever is made then, the oracle refuses it.
  const types = flat.types?.length ? flat.types : guessTypes(flat);
  const options = types.map((type) => ofType(oracle, flat, type, depth));
  const [only] = options;
  return options.length === 1 && only ? only : fc.oneof(...options);
}

function guessTypes(flat: FlatSchema): readonly JsonType[] {
  if (flat.properties.size > 0 || flat.required.size > 0 || flat.additional !== undefined) return ["object"];
  if (flat.items !== undefined || flat.prefixItems.length > 0) return ["array"];
  const keywords = new Set(flat.constraints.map((c) => c.keyword));
  if (
    ["minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"].some((k) => keywords.has(k))
  )
    return ["number"];
  return ["string"];
}

function ofType(oracle: Oracle, flat: FlatSchema, type: JsonType, depth: number): fc.Arbitrary<unknown> {
  switch (type) {
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "integer":
      return integers(flat);
    case "number":
      return numbers(flat);
    case "string":
      return strings(flat);
    case "array":
      return arrays(oracle, flat, depth);
    default:
      return objects(oracle, flat, depth);
  }
}

/** The whole numbers that the bounds allow, within what every JSON reader takes. */
export function integerRange(flat: FlatSchema): { min: number; max: number } {
  const int32 = formatOf(flat) === "int32";
  const low = int32 ? -(2 ** 31) : Number.MIN_SAFE_INTEGER;
  const high = int32 ? 2 ** 31 - 1 : Number.MAX_SAFE_INTEGER;
  const exclusiveLow = numberOf(flat, "exclusiveMinimum");
  const exclusiveHigh = numberOf(flat, "exclusiveMaximum");
  const min = Math.max(
    low,
    Math.ceil(numberOf(flat, "minimum") ?? low),
    exclusiveLow === undefined ? low : Math.floor(exclusiveLow) + 1,
  );
  const max = Math.min(
    high,
    Math.floor(numberOf(flat, "maximum") ?? high),
    exclusiveHigh === undefined ? high : Math.ceil(exclusiveHigh) - 1,
  );
  return { min: safe(min), max: safe(Math.max(min, max)) };
}

function safe(integer: number): number {
  return Math.min(Math.max(integer, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}

function integers(flat: FlatSchema): fc.Arbitrary<number> {
  const { min, max } = integerRange(flat);
  const step = numberOf(flat, "multipleOf");
  if (step === undefined || step <= 0) return fc.integer({ min, max });
  // A step so small that no integer counts its multiples leaves those near zero.
  const low = safe(Math.ceil(min / step));
  const high = Math.max(low, safe(Math.floor(max / step)));
  return fc.integer({ min: low, max: high }).map((n) => n * step);
}

function numbers(flat: FlatSchema): fc.Arbitrary<number> {
  const step = numberOf(flat, "multipleOf");
  if (step !== undefined) return integers(flat);
  const min = numberOf(flat, "minimum") ?? numberOf(flat, "exclusiveMinimum") ?? -1e9;
  const max = Math.max(
    min,
    numberOf(flat, "maximum") ?? numberOf(flat, "exclusiveMaximum") ?? Math.max(min, 0) + 1e9,
  );
  return fc.double({ min, max, noNaN: true }).map((n) => (Object.is(n, -0) ? 0 : n));
}

/** Whether a text is as long as the schema wants it; undefined where it sets no bound. */
export function fitsLength(flat: FlatSchema): ((text: string) => boolean) | undefined {
  const min = numberOf(flat, "minLength");
  const max = numberOf(flat, "maxLength");
  if (min === undefined && max === undefined) return undefined;
  return (text) => [...text].length >= (min ?? 0) && [...text].length <= (max ?? Number.POSITIVE_INFINITY);
}

function strings(flat: FlatSchema): fc.Arbitrary<string> {
  const [pattern] = patternsOf(flat);
  const format = formatOf(flat);
  if (format !== undefined && formatSamples[format] !== undefined)
    return formats(format, formatSamples[format]);
  if (pattern !== undefined) {
    const matching = matchingPattern(pattern, fitsLength(flat));
    if (matching) return matching;
  }
  const minLength = numberOf(flat, "minLength") ?? 0;
  checkCharacters("minLength", minLength);
  const maxLength = Math.max(
    minLength,
    Math.min(numberOf(flat, "maxLength") ?? minLength + 20, minLength + 200),
  );
  return fc.string({
    unit: "grapheme-ascii",
    minLength: Math.min(Math.max(1, minLength), maxLength),
    maxLength,
  });
}

function formats(format: string, sample: string): fc.Arbitrary<string> {
  if (format === "uuid") return fc.uuid();
  if (format === "email") return fc.emailAddress();
  if (format === "ipv4") return fc.ipV4();
  if (format === "ipv6") return fc.ipV6();
  if (format === "date-time")
    return fc
      .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
      .map((date) => date.toISOString());
  if (format === "date")
    return fc
      .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
  return fc.constant(sample);
}

function arrays(oracle: Oracle, flat: FlatSchema, depth: number): fc.Arbitrary<unknown> {
  const minLength = numberOf(flat, "minItems") ?? 0;
  checkMembers("minItems", minLength);
  const maxLength = Math.max(minLength, Math.min(numberOf(flat, "maxItems") ?? minLength + 3, minLength + 5));
  if (flat.prefixItems.length > 0)
    return fc.tuple(...flat.prefixItems.map((item) => arbitraryValue(oracle, item, depth + 1)));
  if (flat.items === undefined) return fc.array(fc.string({ maxLength: 5 }), { minLength, maxLength });
  if (depth >= maxDepth && minLength === 0) return fc.constant([]);
  if (depth >= maxDepth * 2) return fc.constant([]);
  const item = counted(oracle.budget, arbitraryValue(oracle, flat.items, depth + 1));
  const unique = flat.constraints.some((c) => c.keyword === "uniqueItems" && c.value === true);
  return unique ? uniqueArray(item, minLength, maxLength) : fc.array(item, { minLength, maxLength });
}

/** `fc.uniqueArray` draws for ever where there aren't as many different values: here, such lists are too short. */
function uniqueArray(
  item: fc.Arbitrary<unknown>,
  minLength: number,
  maxLength: number,
): fc.Arbitrary<unknown[]> {
  const drawn = fc.array(item, { minLength: minLength * 2, maxLength: maxLength * 2 });
  return fc.tuple(fc.integer({ min: minLength, max: maxLength }), drawn).map(([length, items]) => {
    const byText = new Map(items.map((value) => [jsonText(value), value]));
    return [...byText.values()].slice(0, length);
  });
}

/** Counts each value that is drawn. */
function counted<Value>(budget: Budget, values: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return values.map((value) => {
    budget.spend();
    return value;
  });
}

function objects(oracle: Oracle, flat: FlatSchema, depth: number): fc.Arbitrary<unknown> {
  const members: Record<string, fc.Arbitrary<unknown>> = {};
  const requiredKeys: string[] = [];
  for (const [name, pointer] of flat.properties) {
    if (!isSentProperty(oracle, pointer) || flat.discriminated.has(name)) continue;
    const required = flat.required.has(name);
    if (!required && depth >= maxDepth) continue;
    if (depth >= maxDepth * 2) continue;
    const values = required
      ? arbitraryValue(oracle, pointer, depth + 1)
      : optionalValue(oracle, pointer, depth + 1);
    if (required) requiredKeys.push(name);
    if (values) members[name] = values;
  }
  for (const [name, property] of flat.discriminated) {
    members[name] = fc.constantFrom(...discriminatedValues(oracle, flat, property, name));
    requiredKeys.push(name);
  }
  for (const name of flat.required.keys()) {
    if (members[name] !== undefined || flat.properties.has(name)) continue;
    requiredKeys.push(name);
    members[name] =
      typeof flat.additional === "string" && depth < maxDepth * 2
        ? arbitraryValue(oracle, flat.additional, depth + 1)
        : fc.string({ minLength: 1, maxLength: 8 });
  }
  return fc.record(members, { requiredKeys, noNullPrototype: true });
}

/** Undefined, and told, where the schema asks for more than is made. */
function optionalValue(oracle: Oracle, pointer: string, depth: number): fc.Arbitrary<unknown> | undefined {
  try {
    return arbitraryValue(oracle, pointer, depth);
  } catch (error) {
    if (!(error instanceof BeyondBudget) || error instanceof AllowanceSpent) throw error;
    oracle.tell(pointer, `no value can be generated from the schema: ${error.message}`);
    return undefined;
  }
}
