import fc from "fast-check";
import { type Constraint, enumOf, type FlatSchema, formatOf, numberOf, patternsOf } from "./flat-schema.ts";
import { matchingPattern } from "./matching-pattern.ts";
import type { Add } from "./site.ts";

export function addStrings(flat: FlatSchema, value: string, add: Add): void {
  const [pattern] = patternsOf(flat);
  const matching = pattern === undefined ? undefined : matchingPattern(pattern);
  // Lengths are hard to meet together with a pattern: take them from what matches, else stretch and cut.
  const pool = matching ? fc.sample(matching, { numRuns: 120, seed: 11 }) : [];
  const ofLength = (length: number): unknown => {
    const isSo = (text: string) => [...text].length === length;
    const found = pool.find(isSo);
    if (found !== undefined) return found;
    const longer = pattern === undefined ? undefined : matchingPattern(pattern, isSo);
    const other = longer && fc.sample(longer, { numRuns: 60, seed: 7 }).find(isSo);
    if (other !== undefined) return other;
    return formatOf(flat) === "email" && length > 20
      ? `${"a".repeat(Math.max(1, length - 12))}@example.com`
      : (value || "a").padEnd(length, lastOf(value)).slice(0, length);
  };
  if (pattern === undefined && formatOf(flat) === undefined && enumOf(flat) === undefined)
    addLetters(flat, add);
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

/** JSON text is Unicode, and a length counts characters, not bytes or UTF-16 units (JSON Schema, section 6.3). */
function addLetters(flat: FlatSchema, add: Add): void {
  const longest = flat.constraints.find((c) => c.keyword === "maxLength" && typeof c.value === "number");
  const least = numberOf(flat, "minLength") ?? 0;
  const length =
    typeof longest?.value === "number" && longest.value < 100 ? longest.value : Math.max(least, 4);
  const text = [..."é漢😀".repeat(Math.ceil(length / 3))].slice(0, length).join("");
  const constraint = longest ?? { keyword: "type", pointer: flat.typePointer };
  add(constraint, "letters beyond ASCII", text, true);
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
