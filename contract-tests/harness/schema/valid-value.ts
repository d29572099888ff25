import fc from "fast-check";
import { jsonText, LargeInteger } from "../contract/large-integer.ts";
import { arbitraryValue, fitsLength, integerRange } from "./arbitrary-value.ts";
import { BeyondBudget, checkCharacters, checkEnds, checkMembers } from "./budget.ts";
import {
  discriminatedValues,
  enumOf,
  type FlatSchema,
  flattenSchema,
  formatOf,
  numberOf,
  patternsOf,
} from "./flat-schema.ts";
import { formatSamples } from "./format-samples.ts";
import { matchingPattern } from "./matching-pattern.ts";
import { type Oracle, SchemaError } from "./oracle.ts";
import { isSentProperty } from "./sent-property.ts";

const maxVariants = 12;
const maxDepth = 8;

export interface ValidValueOptions {
  /** Tried first, in order: the document's own examples. */
  readonly examples?: readonly unknown[];
  /** Fill in properties that aren't required. */
  readonly optional?: boolean;
  /** What else the value must be, such as not empty. */
  readonly also?: (value: unknown) => boolean;
}

/**
 * A value that the oracle takes for the schema at `pointer`; undefined when none could be made. Always the same one. What
 * asks for more than is made of any schema is told as not judged.
 */
export function validValue(
  oracle: Oracle,
  pointer: string,
  options: ValidValueOptions = {},
): { readonly value: unknown } | undefined {
  try {
    return madeValue(oracle, pointer, options);
  } catch (error) {
    if (!(error instanceof BeyondBudget)) throw error;
    oracle.tell(pointer, `no value can be generated from the schema: ${error.message}`);
    return undefined;
  }
}

function madeValue(
  oracle: Oracle,
  pointer: string,
  options: ValidValueOptions,
): { readonly value: unknown } | undefined {
  checkEnds(oracle.whyEndless(pointer));
  // By what doesn't compile no value is a good one, whatever it takes to make it.
  if (oracle.compile(pointer, "request") instanceof SchemaError) return undefined;
  const good = (value: unknown) =>
    value !== undefined && oracle.accepts(pointer, "request", value) && (options.also?.(value) ?? true);
  for (const value of options.examples ?? []) if (good(value)) return { value };
  const variants = Math.min(flattenSchema(oracle, pointer).variants, maxVariants);
  const extents: readonly Extent[] = options.optional ? ["everything"] : ["required", "filled"];
  for (const extent of extents)
    for (let variant = 0; variant < variants; variant++) {
      const value = build(oracle, pointer, extent, 0, variant);
      if (good(value)) return { value };
    }
  const sampled = fc.sample(arbitraryValue(oracle, pointer), { numRuns: 40, seed: 1 }).find(good);
  return sampled === undefined ? undefined : { value: sampled };
}

/**
 * What a made value holds: what is required; the same without empty lists and objects, which forms and queries can't write;
 * or all that is documented.
 */
type Extent = "required" | "filled" | "everything";

function build(oracle: Oracle, pointer: string, extent: Extent, depth: number, variant = 0): unknown {
  if (depth > maxDepth) return undefined;
  oracle.budget.spend();
  checkEnds(oracle.whyEndless(pointer));
  const flat = flattenSchema(oracle, pointer, variant);
  for (const sample of flat.samples) if (oracle.accepts(pointer, "request", sample)) return sample;
  const listed = enumOf(flat);
  if (listed && listed.length > 0) return listed[0];
  const type =
    flat.types?.find((name) => name !== "null") ??
    flat.types?.[0] ??
    (flat.properties.size > 0 || flat.required.size > 0
      ? "object"
      : flat.items === undefined
        ? "string"
        : "array");
  switch (type) {
    case "null":
      return null;
    case "boolean":
      return true;
    case "integer":
    case "number":
      return buildNumber(flat, type);
    case "string":
      return buildString(flat);
    case "array":
      return buildArray(oracle, flat, extent, depth);
    default:
      return buildObject(oracle, flat, extent, depth);
  }
}

function buildNumber(flat: FlatSchema, type: "integer" | "number"): number | LargeInteger {
  const large = flat.constraints.find(
    ({ keyword, value }) => /minimum$/i.test(keyword) && value instanceof LargeInteger && value.exact > 0n,
  );
  if (large?.value instanceof LargeInteger)
    return large.keyword === "minimum" ? large.value : new LargeInteger(large.value.exact + 1n);
  const { min, max } = integerRange(flat);
  const step = numberOf(flat, "multipleOf");
  const wish = Math.min(Math.max(1, min), max);
  if (step !== undefined)
    return Math.max(
      Math.ceil(min / step) * step,
      min <= step && step <= max ? step : Number.NEGATIVE_INFINITY,
    );
  const high = numberOf(flat, "exclusiveMaximum") ?? numberOf(flat, "maximum");
  const low = numberOf(flat, "exclusiveMinimum") ?? numberOf(flat, "minimum");
  if (type === "number" && low !== undefined && high !== undefined)
    return wish > low && wish < high ? wish : (low + high) / 2;
  return wish;
}

function buildString(flat: FlatSchema): string {
  const format = formatOf(flat);
  if (format !== undefined && formatSamples[format] !== undefined) return formatSamples[format];
  const min = numberOf(flat, "minLength") ?? 0;
  const max = numberOf(flat, "maxLength") ?? Number.POSITIVE_INFINITY;
  checkCharacters("minLength", min);
  const [pattern] = patternsOf(flat);
  const matching = pattern === undefined ? undefined : matchingPattern(pattern, fitsLength(flat));
  if (matching && pattern !== undefined) {
    const samples = fc.sample(matching, { numRuns: 60, seed: 7 });
    const fitting = samples.filter((text) => [...text].length >= Math.max(min, 1) && [...text].length <= max);
    const chosen = (fitting.length > 0 ? fitting : samples).sort(
      (a, b) => a.length - b.length || (a < b ? -1 : 1),
    );
    return chosen.find((text) => /^[\w.-]+$/.test(text)) ?? chosen[0] ?? "";
  }
  return "text".padEnd(min, "x").slice(0, max);
}

function buildArray(oracle: Oracle, flat: FlatSchema, extent: Extent, depth: number): unknown[] | undefined {
  const least = numberOf(flat, "minItems");
  const wanted = extent === "filled" ? Math.max(1, least ?? 0) : (least ?? (extent === "required" ? 0 : 1));
  checkMembers("minItems", wanted);
  const length = Math.min(
    Math.max(wanted, flat.prefixItems.length),
    numberOf(flat, "maxItems") ?? Number.POSITIVE_INFINITY,
  );
  if (depth + 1 > maxDepth && wanted > 0) return undefined;
  const unique = flat.constraints.some((c) => c.keyword === "uniqueItems" && c.value === true);
  const items: unknown[] = [];
  for (let index = 0; index < length; index++) {
    const pointer = flat.prefixItems[index] ?? flat.items;
    oracle.budget.spend();
    if (pointer === undefined) items.push(`item${index + 1}`);
    else if (unique && index > 0) {
      const taken = new Set(items.map((item) => jsonText(item)));
      const other = fc
        .sample(arbitraryValue(oracle, pointer, depth + 1), { numRuns: 60, seed: index })
        .find((value) => !taken.has(jsonText(value)) && oracle.accepts(pointer, "request", value));
      if (other !== undefined) items.push(other);
    } else {
      const value = build(oracle, pointer, extent, depth + 1);
      if (value === undefined && numberOf(flat, "minItems") === undefined) break;
      items.push(value);
    }
  }
  return items;
}

function buildObject(
  oracle: Oracle,
  flat: FlatSchema,
  extent: Extent,
  depth: number,
): Record<string, unknown> | undefined {
  const object: Record<string, unknown> = {};
  for (const [name, property] of flat.discriminated)
    object[name] = discriminatedValues(oracle, flat, property, name)[0];
  for (const [name, pointer] of flat.properties) {
    if (flat.discriminated.has(name)) continue;
    const required = flat.required.has(name);
    if (!(required || (extent === "everything" && depth < 3)) || !isSentProperty(oracle, pointer)) continue;
    const value = validNested(oracle, pointer, extent, depth + 1);
    if (value === undefined && required) return undefined;
    if (value !== undefined) object[name] = value;
  }
  for (const name of flat.required.keys()) {
    if (Object.hasOwn(object, name) || flat.properties.has(name)) continue;
    object[name] =
      typeof flat.additional === "string" ? build(oracle, flat.additional, extent, depth + 1) : "text";
  }
  const isEmpty = extent === "filled" && Object.keys(object).length === 0;
  const least = Math.max(numberOf(flat, "minProperties") ?? 0, isEmpty ? 1 : 0);
  checkMembers("minProperties", least);
  for (const [name, pointer] of flat.properties) {
    if (Object.keys(object).length >= least) break;
    if (!Object.hasOwn(object, name) && isSentProperty(oracle, pointer))
      object[name] = build(oracle, pointer, extent, depth + 1);
  }
  for (let extra = 1; Object.keys(object).length < least && flat.additional !== false; extra++) {
    object[`extra${extra}`] =
      typeof flat.additional === "string" ? build(oracle, flat.additional, extent, depth + 1) : "text";
  }
  return object;
}

/** A member's value: the first choice of branches that the oracle takes, so that one wrong branch doesn't spoil the whole. */
function validNested(oracle: Oracle, pointer: string, extent: Extent, depth: number): unknown {
  const first = build(oracle, pointer, extent, depth);
  const variants = Math.min(flattenSchema(oracle, pointer).variants, maxVariants);
  if (variants === 1 || (first !== undefined && oracle.accepts(pointer, "request", first))) return first;
  for (let variant = 1; variant < variants; variant++) {
    const value = build(oracle, pointer, extent, depth, variant);
    if (value !== undefined && oracle.accepts(pointer, "request", value)) return value;
  }
  return first;
}
