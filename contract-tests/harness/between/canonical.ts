import { isObject } from "../contract/json-object.ts";
import { jsonText } from "../contract/large-integer.ts";

/** The same text for the same meaning: the order of members is insignificant. */
export function canonical(value: unknown): string {
  if (value === undefined) return "";
  return jsonText(sorted(value)) ?? "";
}

/** The same for a list whose order is insignificant. */
export function canonicalSet(value: unknown): string {
  return Array.isArray(value) ? value.map(canonical).sort().join("\n") : canonical(value);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted(value[name])]),
  );
}

/** A value of a document in a sentence. */
export function inWords(value: unknown): string {
  if (value === undefined) return "none";
  const text = jsonText(value) ?? "none";
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
