import { isDeepStrictEqual } from "node:util";
import { isObject, type JsonObject } from "../contract/json-object.ts";
import { enumOf, flattenSchema } from "../schema/flat-schema.ts";
import type { Oracle } from "../schema/oracle.ts";
import { propertyOf } from "../schema/schema-members.ts";

/**
 * A valid value for the schema at `pointer` that isn't `value`; undefined when none is at hand. `number` makes texts
 * different from each other: the same number gives the same text.
 */
export function otherValue(oracle: Oracle, pointer: string, value: unknown, number: number): unknown {
  const listed = enumOf(flattenSchema(oracle, pointer)) ?? [];
  const candidates = listed.length > 0 ? listed : candidatesFor(value, number);
  return candidates.find(
    (candidate) =>
      candidate !== null &&
      !isDeepStrictEqual(candidate, value) &&
      oracle.accepts(pointer, "request", candidate),
  );
}

function candidatesFor(value: unknown, number: number): readonly unknown[] {
  if (typeof value === "boolean") return [!value];
  if (typeof value === "number") return [value + 1, value - 1, value + 0.5, value / 2];
  if (typeof value === "string") return texts(value, number);
  if (Array.isArray(value)) return [[...value, ...value], value.slice(1), []];
  return [];
}

function texts(value: string, number: number): readonly string[] {
  const day = String((number % 27) + 1).padStart(2, "0");
  const mark = `-${number}`;
  return [
    ...(/^\d{4}-\d\d-\d\dT/.test(value) ? [`2031-05-${day}T10:20:30Z`] : []),
    ...(/^\d{4}-\d\d-\d\d$/.test(value) ? [`2031-05-${day}`] : []),
    value.includes("@") ? value.replace("@", `${mark}@`) : `${value}${mark}`,
    // Where there is room for no more, the end makes way.
    `${value.slice(0, Math.max(0, value.length - mark.length))}${mark}`,
    `${String.fromCharCode(97 + (number % 26))}${value.slice(1)}`,
  ];
}

/**
 * An object with other values where the schema lets it have them: in its texts alone, so that it isn't taken for one that
 * is there, or in all its members.
 */
export function distinct(
  oracle: Oracle,
  pointer: string,
  value: unknown,
  number: number,
  what: "texts" | "all" = "texts",
): unknown {
  if (!isObject(value)) return value;
  let result: JsonObject = value;
  for (const [name, member] of Object.entries(value)) {
    const property = propertyOf(oracle, pointer, name);
    if (property === undefined) continue;
    const isFreeText = typeof member === "string" && !enumOf(flattenSchema(oracle, property));
    if (what === "texts" && !isFreeText) continue;
    const other = otherValue(oracle, property, member, number);
    const changed = { ...result, [name]: other };
    if (other !== undefined && oracle.accepts(pointer, "request", changed)) result = changed;
  }
  return result;
}
