import { jsonText } from "../contract/large-integer.ts";
import type { Oracle } from "./oracle.ts";
import { placeInValue } from "./place-in-value.ts";
import { replaceAt } from "./replace-at.ts";
import type { Site } from "./site.ts";
import { sitesOf } from "./sites.ts";
import type { Violation } from "./violation.ts";

/** A value one step away from the base value, on a known side of one constraint. */
export interface Variation {
  /** Steps into the value: `["items", 0, "name"]`. */
  readonly path: readonly (string | number)[];
  readonly keyword: string;
  /** Place of the constraint in the contract. */
  readonly pointer: string;
  /** "longer than maxLength", "missing" … */
  readonly kind: string;
  /** The same without the branch in which it stands. */
  readonly side: string;
  readonly value: unknown;
  /** What the oracle says of the whole value. */
  readonly valid: boolean;
  /** Of an invalid one: see `placeInValue`. */
  readonly at?: string;
}

/**
 * Both sides of every constraint of the schema at `pointer`, one at a time, starting from the valid value `base`. The
 * oracle has the last word: a value that doesn't come out on the intended side, or breaks a second place, is left out.
 */
export function variations(oracle: Oracle, pointer: string, base: unknown): Variation[] {
  const seen = new Set<string>();
  const result: Variation[] = [];
  for (const site of sitesOf(oracle, pointer, base)) {
    oracle.budget.spend();
    const value = replaceAt(base, site.path, site.replacement);
    if (value === undefined) continue;
    const violations = oracle.violations(pointer, "request", value);
    if (site.valid !== (violations.length === 0)) continue;
    if (!site.valid && !breaksOnlyAt(violations, site)) continue;
    const key = `${site.valid} ${jsonText(value)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const { path, keyword, pointer: place, kind, side, valid } = site;
    const broken = violations.find((violation) => violation.pointer === place);
    const at = broken && placeInValue(oracle, pointer, value, broken);
    result.push({ path, keyword, pointer: place, kind, side, value, valid, ...(at ? { at } : {}) });
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

/** What stands at the changed place; undefined when it was removed. */
export function leafOf({ value, path }: Variation): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === "object" && at !== null ? (at as Record<string | number, unknown>)[step] : undefined, // indices of arrays are keys too
    value,
  );
}
