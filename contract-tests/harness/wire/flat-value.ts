import { isObject } from "../contract/json-object.ts";
import { LargeInteger } from "../contract/large-integer.ts";

export type Member = readonly [name: string, text: string];

/** A value as texts: what styles can write. */
export type Flat =
  | { readonly text: string }
  | { readonly items: readonly string[] }
  | { readonly members: readonly Member[] };

/** Undefined for what no style has a form for: null, nested objects, and lists and objects without members. */
export function flatValue(value: unknown): Flat | undefined {
  if (Array.isArray(value)) {
    const items = value.map(primitiveText);
    // A list whose only item is empty looks like the empty list, which looks like nothing.
    if (items.join("") === "" && items.length < 2) return undefined;
    return items.every((item) => item !== undefined) ? { items } : undefined;
  }
  if (isObject(value)) {
    const members = Object.entries(value).map(([name, member]) => [name, primitiveText(member)] as const);
    if (members.length === 0) return undefined;
    return members.every((member): member is Member => member[1] !== undefined) ? { members } : undefined;
  }
  const text = primitiveText(value);
  return text === undefined ? undefined : { text };
}

/** Texts, numbers and booleans; undefined for everything else. */
export function primitiveText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean" || value instanceof LargeInteger)
    return String(value);
  return undefined;
}
