import { jsonText, LargeInteger } from "../contract/large-integer.ts";
import { enumOf, type FlatSchema, type JsonType } from "./flat-schema.ts";
import { nearMisses } from "./near-misses.ts";
import type { Add } from "./site.ts";

const otherTypes: readonly (readonly [JsonType, unknown])[] = [
  ["string", "not-that-type"],
  ["number", 1.5],
  ["boolean", true],
  ["null", null],
  ["array", []],
  ["object", {}],
];

export function addTypes(flat: FlatSchema, add: Add): void {
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

/** As many as there can be cases of an operation. */
const mostListed = 300;

export function addListed(flat: FlatSchema, add: Add): void {
  const constraint = flat.constraints.find((c) => c.keyword === "enum" || c.keyword === "const");
  const listed = enumOf(flat);
  if (!constraint || !listed) return;
  for (const member of listed.slice(0, mostListed))
    add(constraint, `value ${jsonText(member)}`, member, true);
  for (const { kind, value } of nearMisses(listed))
    add(constraint, `not in ${constraint.keyword} (${kind})`, value, false);
}

export function addNumbers(flat: FlatSchema, add: Add): void {
  const step = flat.constraints.find((c) => c.keyword === "multipleOf" && typeof c.value === "number");
  const unit = typeof step?.value === "number" ? step.value : 1;
  for (const constraint of flat.constraints) {
    const limit = constraint.value;
    if (typeof limit !== "number" && !(limit instanceof LargeInteger)) continue;
    switch (constraint.keyword) {
      case "minimum":
        add(constraint, "at minimum", limit, true);
        add(constraint, "above minimum", plus(limit, unit), true);
        add(constraint, "below minimum", plus(limit, -unit), false);
        break;
      case "maximum":
        add(constraint, "at maximum", limit, true);
        add(constraint, "below maximum", plus(limit, -unit), true);
        add(constraint, "above maximum", plus(limit, unit), false);
        break;
      case "exclusiveMinimum":
        add(constraint, "above exclusiveMinimum", plus(limit, unit), true);
        add(constraint, "at exclusiveMinimum", limit, false);
        break;
      case "exclusiveMaximum":
        add(constraint, "below exclusiveMaximum", plus(limit, -unit), true);
        add(constraint, "at exclusiveMaximum", limit, false);
        break;
      case "multipleOf":
        if (typeof limit !== "number") break;
        add(constraint, "twice multipleOf", limit * 2, true);
        for (const times of [1.5, 2.5, 10.5, -0.5]) add(constraint, "not a multiple", limit * times, false);
        if (Number.isInteger(limit))
          for (const off of [1, -1]) add(constraint, "not a multiple", limit * 10 + off, false);
        break;
    }
  }
}

/** The number that is `by` more, exactly where whole numbers are meant. */
function plus(limit: number | LargeInteger, by: number): number | LargeInteger {
  const sum = Number(limit) + by;
  if (
    !Number.isInteger(by) ||
    (typeof limit === "number" && !Number.isInteger(limit)) ||
    Number.isSafeInteger(sum)
  )
    return sum;
  return new LargeInteger((typeof limit === "number" ? BigInt(limit) : limit.exact) + BigInt(by));
}
