import fc from "fast-check";
import type { Contract } from "../contract/contract.ts";
import { isObject } from "../contract/json-object.ts";
import type { Oracle, Violation } from "../oracle/oracle.ts";
import { arbitraryValue, arbitraryVariant, matchingPattern } from "./arbitrary-value.ts";
import {
  type Constraint,
  enumOf,
  type FlatSchema,
  flattenSchema,
  formatOf,
  type JsonType,
  patternsOf,
} from "./flat-schema.ts";
import { nearMisses } from "./near-misses.ts";
import { isSentProperty } from "./sent-property.ts";

/** A value one step away from the base value, on a known side of one constraint. */
export interface Variation {
  /** Steps into the value: `["items", 0, "name"]`. */
  readonly path: readonly (string | number)[];
  readonly keyword: string;
  /** Place of the constraint in the contract. */
  readonly pointer: string;
  /** "longer than maxLength", "missing" … */
  readonly kind: string;
  readonly value: unknown;
  /** What the oracle says of the whole value. */
  readonly valid: boolean;
}

interface Site {
  readonly path: readonly (string | number)[];
  readonly keyword: string;
  readonly pointer: string;
  readonly kind: string;
  /** The new value at `path`; undefined removes it. */
  readonly replacement: unknown;
  readonly valid: boolean;
}

const maxDepth = 6;
const maxSites = 400;

/**
 * Both sides of every constraint of the schema at `pointer`, one at a time, starting from the valid value `base`. The
 * oracle has the last word: a value that doesn't come out on the intended side, or breaks a second place, is left out.
 */
export function variations(contract: Contract, oracle: Oracle, pointer: string, base: unknown): Variation[] {
  const sites: Site[] = [];
  collect(contract, oracle, pointer, base, [], sites, 0);
  const seen = new Set<string>();
  const result: Variation[] = [];
  for (const site of sites) {
    const value = replaceAt(base, site.path, site.replacement);
    if (value === undefined) continue;
    const violations = oracle.violations(pointer, "request", value);
    if (site.valid !== (violations.length === 0)) continue;
    if (!site.valid && !breaksOnlyAt(violations, site)) continue;
    const key = `${site.valid} ${JSON.stringify(value)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const { path, keyword, pointer: place, kind, valid } = site;
    result.push({ path, keyword, pointer: place, kind, value, valid });
  }
  return result;
}

/** True when everything that the oracle complains about is one place of the value (or a choice around it). */
function breaksOnlyAt(violations: readonly Violation[], site: Site): boolean {
  const place = site.path
    .map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
  const owner = place.slice(0, Math.max(0, place.lastIndexOf("/")));
  const choices = new Set(["anyOf", "oneOf", "not", "if", "unevaluatedProperties"]);
  // Within a choice, the branches that weren't meant complain about other places: all of the choice counts as one.
  const chosen = violations.filter(({ keyword }) => choices.has(keyword)).map(({ instance }) => instance);
  return violations.every(
    ({ instance, keyword }) =>
      instance === place ||
      instance === owner ||
      choices.has(keyword) ||
      chosen.some((choice) => place.startsWith(choice) && instance.startsWith(choice)),
  );
}

function replaceAt(base: unknown, path: readonly (string | number)[], replacement: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return replacement;
  if (Array.isArray(base))
    return base.map((item, index) => (index === step ? replaceAt(item, rest, replacement) : item));
  if (!isObject(base)) return undefined;
  const value = rest.length === 0 ? replacement : replaceAt(base[step], rest, replacement);
  const entries = Object.entries(base).filter(([key]) => key !== step || value !== undefined);
  if (value === undefined) return Object.fromEntries(entries);
  return Object.hasOwn(base, step)
    ? Object.fromEntries(entries.map(([key, old]) => [key, key === step ? value : old]))
    : { ...base, [step]: value };
}

function collect(
  contract: Contract,
  oracle: Oracle,
  pointer: string,
  value: unknown,
  path: Site["path"],
  sites: Site[],
  depth: number,
  branching = true,
): void {
  if (depth > maxDepth || sites.length > maxSites) return;
  const flat = bestVariant(contract, oracle, pointer, value);
  const add = (
    constraint: { keyword: string; pointer: string },
    kind: string,
    replacement: unknown,
    valid: boolean,
    at = path,
  ): void => {
    sites.push({
      path: at,
      keyword: constraint.keyword,
      pointer: constraint.pointer,
      kind,
      replacement,
      valid,
    });
  };
  addTypes(flat, add);
  addListed(flat, add);
  if (typeof value === "number") addNumbers(flat, add);
  if (typeof value === "string") addStrings(flat, value, add);
  if (Array.isArray(value)) {
    addArrays(contract, oracle, flat, value, add);
    // Each place of a tuple has a schema of its own; of the items behind it the first stands for all.
    for (const [index, item] of [...flat.prefixItems, flat.items].entries()) {
      if (item !== undefined && index < value.length)
        collect(contract, oracle, item, value[index], [...path, index], sites, depth + 1);
    }
  }
  if (isObject(value)) {
    const sampleMember = () =>
      typeof flat.additional === "string"
        ? fc.sample(arbitraryValue(contract, oracle, flat.additional, 2), { numRuns: 1, seed: 5 })[0]
        : undefined;
    addObjects(flat, value, add, path, sampleMember);
    for (const [name, property] of flat.properties) {
      if (Object.hasOwn(value, name) && isSentProperty(oracle, property))
        collect(contract, oracle, property, value[name], [...path, name], sites, depth + 1);
    }
    // Of a map's members the first stands for all; an empty map is given one.
    if (typeof flat.additional === "string") {
      const unnamed = Object.keys(value).find((name) => !flat.properties.has(name));
      const member = unnamed === undefined ? sampleMember() : value[unnamed];
      collect(contract, oracle, flat.additional, member, [...path, unnamed ?? "extra"], sites, depth + 1);
    }
  }
  for (let variant = 0; branching && variant < Math.min(flat.variants, 6) && flat.variants > 1; variant++) {
    const other = fullestOf(contract, oracle, pointer, variant);
    add({ keyword: "anyOf", pointer }, `branch ${variant + 1}`, other, true);
    const within: Site[] = [];
    collect(contract, oracle, pointer, other, [], within, depth + 1, false);
    for (const site of within) {
      const replacement = replaceAt(other, site.path, site.replacement);
      if (site.path.length > 0 && replacement !== undefined)
        sites.push({
          ...site,
          path,
          replacement,
          kind: `in branch ${variant + 1}, ${site.path.join("/")} ${site.kind}`,
        });
    }
  }
}

/** Of some values of a branch the one that says most, so that its optional properties are varied as well. */
function fullestOf(contract: Contract, oracle: Oracle, pointer: string, variant: number): unknown {
  const samples = fc.sample(arbitraryVariant(contract, oracle, pointer, variant, 2), {
    numRuns: 12,
    seed: variant,
  });
  const size = (value: unknown) => (isObject(value) ? Object.keys(value).length : 0);
  const good = samples.filter((value) => oracle.accepts(pointer, "request", value));
  return good.reduce(
    (fullest, value) => (size(value) > size(fullest) ? value : fullest),
    good[0] ?? samples[0],
  );
}

/** The choice of branches that the value belongs to. */
function bestVariant(contract: Contract, oracle: Oracle, pointer: string, value: unknown): FlatSchema {
  const first = flattenSchema(contract, oracle, pointer);
  const type = typeOf(value);
  for (let variant = 0; variant < Math.min(first.variants, 12); variant++) {
    const flat = variant === 0 ? first : flattenSchema(contract, oracle, pointer, variant);
    const types = flat.types;
    if (types && !types.includes(type) && !(type === "integer" && types.includes("number"))) continue;
    const listed = enumOf(flat);
    if (listed && !listed.includes(value)) continue;
    if (isObject(value) && ![...flat.required.keys()].every((name) => Object.hasOwn(value, name))) continue;
    return flat;
  }
  return first;
}

function typeOf(value: unknown): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  if (typeof value === "boolean" || typeof value === "string") return typeof value as "boolean" | "string"; // just tested
  return "object";
}

type Add = (
  constraint: { keyword: string; pointer: string },
  kind: string,
  replacement: unknown,
  valid: boolean,
  at?: Site["path"],
) => void;

const otherTypes: readonly (readonly [JsonType, unknown])[] = [
  ["string", "not-that-type"],
  ["number", 1.5],
  ["boolean", true],
  ["null", null],
  ["array", []],
  ["object", {}],
];

function addTypes(flat: FlatSchema, add: Add): void {
  if (!flat.types) return;
  for (const [type, value] of otherTypes) {
    const allowed = flat.types.includes(type);
    const nullability =
      type === "null"
        ? allowed
          ? "null"
          : "null where null isn't allowed"
        : `${type} instead of ${flat.types.join(" or ")}`;
    if (!allowed || type === "null")
      add({ keyword: "type", pointer: flat.typePointer }, nullability, value, allowed);
  }
}

function addListed(flat: FlatSchema, add: Add): void {
  const constraint = flat.constraints.find((c) => c.keyword === "enum" || c.keyword === "const");
  const listed = enumOf(flat);
  if (!constraint || !listed) return;
  for (const member of listed) add(constraint, `value ${JSON.stringify(member)}`, member, true);
  for (const { kind, value } of nearMisses(listed))
    add(constraint, `not in ${constraint.keyword} (${kind})`, value, false);
}

function addNumbers(flat: FlatSchema, add: Add): void {
  const step = flat.constraints.find((c) => c.keyword === "multipleOf" && typeof c.value === "number");
  const unit = typeof step?.value === "number" ? step.value : 1;
  for (const constraint of flat.constraints) {
    const limit = constraint.value;
    if (typeof limit !== "number") continue;
    switch (constraint.keyword) {
      case "minimum":
        add(constraint, "at minimum", limit, true);
        add(constraint, "above minimum", limit + unit, true);
        add(constraint, "below minimum", limit - unit, false);
        break;
      case "maximum":
        add(constraint, "at maximum", limit, true);
        add(constraint, "below maximum", limit - unit, true);
        add(constraint, "above maximum", limit + unit, false);
        break;
      case "exclusiveMinimum":
        add(constraint, "above exclusiveMinimum", limit + unit, true);
        add(constraint, "at exclusiveMinimum", limit, false);
        break;
      case "exclusiveMaximum":
        add(constraint, "below exclusiveMaximum", limit - unit, true);
        add(constraint, "at exclusiveMaximum", limit, false);
        break;
      case "multipleOf":
        add(constraint, "twice multipleOf", limit * 2, true);
        for (const times of [1.5, 2.5, 10.5, -0.5]) add(constraint, "not a multiple", limit * times, false);
        if (Number.isInteger(limit))
          for (const off of [1, -1]) add(constraint, "not a multiple", limit * 10 + off, false);
        break;
    }
  }
}

function addStrings(flat: FlatSchema, value: string, add: Add): void {
  const [pattern] = patternsOf(flat);
  const matching = pattern === undefined ? undefined : matchingPattern(pattern);
  // Lengths are hard to meet together with a pattern: take them from what matches, else stretch and cut.
  const pool = matching ? fc.sample(matching, { numRuns: 120, seed: 11 }) : [];
  const ofLength = (length: number): unknown => {
    const found = pool.find((text) => [...text].length === length);
    if (found !== undefined) return found;
    return formatOf(flat) === "email" && length > 20
      ? `${"a".repeat(Math.max(1, length - 12))}@example.com`
      : (value || "a").padEnd(length, lastOf(value)).slice(0, length);
  };
  for (const constraint of flat.constraints) {
    const limit = constraint.value;
    if (constraint.keyword === "minLength" && typeof limit === "number" && limit > 0) {
      add(constraint, "at minLength", ofLength(limit), true);
      add(constraint, "above minLength", ofLength(limit + 1), true);
      add(constraint, "shorter than minLength", ofLength(limit - 1), false);
    } else if (constraint.keyword === "maxLength" && typeof limit === "number" && limit < 100_000) {
      add(constraint, "at maxLength", ofLength(limit), true);
      if (limit > 0) add(constraint, "below maxLength", ofLength(limit - 1), true);
      add(constraint, "longer than maxLength", ofLength(limit + 1), false);
    } else if (constraint.keyword === "pattern") addPattern(constraint, value, pool, add);
    else if (constraint.keyword === "format") {
      const known = `not a ${String(limit)}`;
      for (const text of ["not/the format", `${value}%`, "0000-99-99"]) add(constraint, known, text, false);
    }
  }
}

function addPattern(constraint: Constraint, value: string, pool: readonly string[], add: Add): void {
  const [other] = pool.filter((text) => text !== value && text !== "" && /^[\x21-\x7e]+$/.test(text));
  if (other !== undefined) add(constraint, "another match of pattern", other, true);
  for (const text of [
    `${value}!`,
    `!${value}`,
    `${value}~`,
    value.toUpperCase(),
    value.toLowerCase(),
    "!".repeat(Math.max(1, value.length)),
    "0".repeat(Math.max(1, value.length)),
    "z".repeat(Math.max(1, value.length)),
  ]) {
    add(constraint, "not matching pattern", text, false);
  }
}

function lastOf(text: string): string {
  return text.at(-1) ?? "a";
}

function addArrays(
  contract: Contract,
  oracle: Oracle,
  flat: FlatSchema,
  value: readonly unknown[],
  add: Add,
): void {
  const unique = flat.constraints.some((c) => c.keyword === "uniqueItems" && c.value === true);
  const ofLength = (length: number): unknown => {
    const items = value.slice(0, length);
    if (items.length === length) return items;
    const taken = new Set(items.map((item) => JSON.stringify(item)));
    const pool: unknown[] =
      flat.items === undefined
        ? Array.from({ length: length * 2 }, (_, i) => `item${i + 1}`)
        : fc.sample(arbitraryValue(contract, oracle, flat.items, 2), {
            numRuns: Math.min(length * 4 + 20, 2_000),
            seed: 3,
          });
    for (const item of [...(unique ? [] : items), ...pool, ...(unique ? [] : pool)]) {
      if (items.length >= length) break;
      const key = JSON.stringify(item);
      if (unique && taken.has(key)) continue;
      if (flat.items !== undefined && !oracle.accepts(flat.items, "request", item)) continue;
      taken.add(key);
      items.push(item);
    }
    return items.length === length ? items : undefined;
  };
  for (const constraint of flat.constraints) {
    const limit = constraint.value;
    if (constraint.keyword === "minItems" && typeof limit === "number" && limit > 0 && limit < 1_000) {
      add(constraint, "at minItems", ofLength(limit), true);
      add(constraint, "fewer than minItems", ofLength(limit - 1), false);
    } else if (constraint.keyword === "maxItems" && typeof limit === "number" && limit < 1_000) {
      add(constraint, "at maxItems", ofLength(limit), true);
      add(constraint, "more than maxItems", ofLength(limit + 1), false);
    } else if (constraint.keyword === "uniqueItems" && limit === true) {
      const [item] = value.length > 0 ? value : [ofLength(1)].flat();
      if (item !== undefined)
        add(constraint, "a repeated item", [...value, ...(value.length > 0 ? [item] : [item, item])], false);
    }
  }
}

function addObjects(
  flat: FlatSchema,
  value: { readonly [name: string]: unknown },
  add: Add,
  path: Site["path"],
  sampleMember: () => unknown,
): void {
  for (const [name, pointer] of flat.required) {
    if (Object.hasOwn(value, name))
      add({ keyword: "required", pointer }, "missing", undefined, false, [...path, name]);
  }
  for (const name of flat.properties.keys()) {
    if (Object.hasOwn(value, name) && !flat.required.has(name))
      add({ keyword: "properties", pointer: flat.properties.get(name) ?? "" }, "left out", undefined, true, [
        ...path,
        name,
      ]);
  }
  for (const constraint of flat.constraints) {
    const limit = constraint.value;
    if (constraint.keyword.endsWith("Properties") && limit === false) {
      add(constraint, "an extra property", "extra", false, [...path, "undocumentedProperty"]);
    } else if (constraint.keyword === "minProperties" && typeof limit === "number" && limit > 0) {
      add(
        constraint,
        "fewer than minProperties",
        Object.fromEntries(Object.entries(value).slice(0, limit - 1)),
        false,
      );
    } else if (constraint.keyword === "maxProperties" && typeof limit === "number" && limit < 200) {
      const member = Object.values(value)[0] ?? sampleMember() ?? "text";
      const extra = Object.fromEntries(
        Array.from({ length: limit + 1 }, (_, index) => [`extra${index}`, member]),
      );
      add(
        constraint,
        "more than maxProperties",
        Object.fromEntries(Object.entries({ ...value, ...extra }).slice(0, limit + 1)),
        false,
      );
    } else if (constraint.keyword === "dependentRequired" && isObject(limit)) {
      for (const [trigger, needed] of Object.entries(limit)) {
        if (!Object.hasOwn(value, trigger) || !Array.isArray(needed)) continue;
        for (const name of needed)
          if (typeof name === "string")
            add(constraint, `${trigger} without ${name}`, undefined, false, [...path, name]);
      }
    }
  }
}

/** What stands at the changed place; undefined when it was removed. */
export function leafOf({ value, path }: Variation): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === "object" && at !== null ? (at as Record<string | number, unknown>)[step] : undefined, // indices of arrays are keys too
    value,
  );
}
