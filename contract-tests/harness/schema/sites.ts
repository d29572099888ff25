import fc from "fast-check";
import { isObject } from "../contract/json-object.ts";
import { arbitraryValue, arbitraryVariant } from "./arbitrary-value.ts";
import { AllowanceSpent, BeyondBudget } from "./budget.ts";
import { addArrays, addObjects } from "./container-sites.ts";
import { enumOf, type FlatSchema, flattenSchema, type JsonType } from "./flat-schema.ts";
import type { Oracle } from "./oracle.ts";
import { replaceAt } from "./replace-at.ts";
import { addListed, addNumbers, addTypes } from "./scalar-sites.ts";
import { isSentProperty } from "./sent-property.ts";
import type { Site } from "./site.ts";
import { addStrings } from "./string-sites.ts";

const maxDepth = 6;
const mostSites = 800;
const mostOfBranch = 100;

interface Search {
  readonly oracle: Oracle;
  readonly most: number;
  /** Whether the choices of the first schema are looked into. */
  readonly branching: boolean;
}

interface Place {
  readonly pointer: string;
  readonly value: unknown;
  readonly path: Site["path"];
  readonly depth: number;
}

/**
 * The changes of `value` that reach both sides of every constraint of the schema at `pointer`. What stands higher comes
 * first: a schema that contains itself is entered again only when all beside it has had its turn.
 */
export function sitesOf(oracle: Oracle, pointer: string, value: unknown): readonly Site[] {
  const search = { oracle, most: mostSites, branching: true };
  return sitesWithin(search, { pointer, value, path: [], depth: 0 });
}

function sitesWithin(search: Search, first: Place): readonly Site[] {
  const sites: Site[] = [];
  const waiting: Place[] = [first];
  for (const place of waiting) {
    if (sites.length > search.most) break;
    const branching = search.branching || place !== first;
    search.oracle.budget.spend();
    try {
      visitPlace(search, place, branching, sites, (pointer, value, path) => {
        const depth = place.depth + 1;
        if (depth <= maxDepth) waiting.push({ pointer, value, path, depth });
      });
    } catch (error) {
      if (!(error instanceof BeyondBudget) || error instanceof AllowanceSpent) throw error;
      search.oracle.tell(place.pointer, `its constraints aren't tested: ${error.message}`);
    }
  }
  return sites;
}

function visitPlace(
  { oracle }: Search,
  { pointer, value, path, depth }: Place,
  branching: boolean,
  sites: Site[],
  visit: (pointer: string, value: unknown, path: Site["path"]) => void,
): void {
  const { flat, variant: own } = bestVariant(oracle, pointer, value);
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
      pointer: oracle.joined.written(constraint.pointer),
      kind,
      side: kind,
      replacement,
      valid,
    });
  };
  addTypes(flat, add);
  addListed(flat, add);
  if (typeof value === "number" || value instanceof Number) addNumbers(flat, add);
  if (typeof value === "string") addStrings(flat, value, add);
  if (Array.isArray(value)) {
    addArrays(oracle, flat, value, add);
    // Each place of a tuple has a schema of its own; of the items behind it the first stands for all.
    for (const [index, item] of [...flat.prefixItems, flat.items].entries()) {
      if (item !== undefined && index < value.length) visit(item, value[index], [...path, index]);
    }
  }
  if (isObject(value)) {
    const sampleMember = () =>
      typeof flat.additional === "string"
        ? fc.sample(arbitraryValue(oracle, flat.additional, 2), { numRuns: 1, seed: 5 })[0]
        : undefined;
    addObjects(flat, value, add, path, sampleMember);
    for (const [name, property] of flat.properties) {
      if (Object.hasOwn(value, name) && isSentProperty(oracle, property))
        visit(property, value[name], [...path, name]);
    }
    // Of a map's members the first stands for all; an empty map is given one.
    if (typeof flat.additional === "string") {
      const unnamed = Object.keys(value).find((name) => !flat.properties.has(name));
      const member = unnamed === undefined ? sampleMember() : value[unnamed];
      visit(flat.additional, member, [...path, unnamed ?? "extra"]);
    }
  }
  for (
    let variant = 0;
    branching && depth < maxDepth && variant < Math.min(flat.variants, 6) && flat.variants > 1;
    variant++
  ) {
    const other = fullestOf(oracle, pointer, variant);
    add({ keyword: "anyOf", pointer }, `branch ${variant + 1}`, other, true);
    if (variant === own && depth > 0) continue; // the value's own members are visited anyway
    const within: Search = { oracle, most: mostOfBranch, branching: false };
    for (const site of sitesWithin(within, { pointer, value: other, path: [], depth: depth + 1 })) {
      const replacement = replaceAt(other, site.path, site.replacement);
      if (site.path.length > 0 && replacement !== undefined)
        sites.push({
          ...site,
          path,
          replacement,
          kind: `in branch ${variant + 1}, ${site.path.join("/")} ${site.kind}`,
          side: `${site.path.at(-1)} ${site.side}`,
        });
    }
  }
}

/** Of some values of a branch the one that says most, so that its optional properties are varied as well. */
function fullestOf(oracle: Oracle, pointer: string, variant: number): unknown {
  const samples = fc.sample(arbitraryVariant(oracle, pointer, variant, 2), {
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
function bestVariant(
  oracle: Oracle,
  pointer: string,
  value: unknown,
): { readonly flat: FlatSchema; readonly variant: number } {
  const first = flattenSchema(oracle, pointer);
  const type = typeOf(value);
  for (let variant = 0; variant < Math.min(first.variants, 12); variant++) {
    const flat = variant === 0 ? first : flattenSchema(oracle, pointer, variant);
    const types = flat.types;
    if (types && !types.includes(type) && !(type === "integer" && types.includes("number"))) continue;
    const listed = enumOf(flat);
    if (listed && !listed.includes(value)) continue;
    const isOther = [...flat.discriminated].some(
      ([name, { values }]) => isObject(value) && !values.includes(String(value[name])),
    );
    if (isOther) continue;
    if (isObject(value) && ![...flat.required.keys()].every((name) => Object.hasOwn(value, name))) continue;
    return { flat, variant };
  }
  return { flat: first, variant: 0 };
}

function typeOf(value: unknown): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (value instanceof Number) return "integer";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  if (typeof value === "boolean" || typeof value === "string") return typeof value as "boolean" | "string"; // just tested
  return "object";
}
