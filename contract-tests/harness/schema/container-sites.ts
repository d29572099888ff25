import fc from "fast-check";
import { isObject } from "../contract/json-object.ts";
import { jsonText } from "../contract/large-integer.ts";
import { arbitraryValue } from "./arbitrary-value.ts";
import type { FlatSchema } from "./flat-schema.ts";
import { nearMisses } from "./near-misses.ts";
import type { Oracle } from "./oracle.ts";
import type { Add, Site } from "./site.ts";

export function addArrays(oracle: Oracle, flat: FlatSchema, value: readonly unknown[], add: Add): void {
  const unique = flat.constraints.some((c) => c.keyword === "uniqueItems" && c.value === true);
  const ofLength = (length: number): unknown => {
    const items = value.slice(0, length);
    if (items.length === length) return items;
    const taken = new Set(items.map((item) => jsonText(item)));
    const pool: unknown[] =
      flat.items === undefined
        ? Array.from({ length: length * 2 }, (_, i) => `item${i + 1}`)
        : fc.sample(arbitraryValue(oracle, flat.items, 2), {
            numRuns: Math.min(length * 4 + 20, 2_000),
            seed: 3,
          });
    for (const item of [...(unique ? [] : items), ...pool, ...(unique ? [] : pool)]) {
      if (items.length >= length) break;
      const key = jsonText(item);
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

/** What nothing maps is refused for one reason, however it is written: a few are enough. */
const mostUnmapped = 3;

export function addObjects(
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
  for (const [name, { pointer, values, mapped, isListed }] of flat.discriminated) {
    const constraint = { keyword: "discriminator", pointer };
    for (const other of values) add(constraint, `mapped value ${other}`, other, true, [...path, name]);
    if (isListed) continue;
    for (const { kind, value: other } of nearMisses(mapped).slice(0, mostUnmapped))
      add(constraint, `not mapped (${kind})`, other, false, [...path, name]);
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
