import { valueAt } from "../contract/json-pointer.ts";
import { jsonText } from "../contract/large-integer.ts";

/** The place `instance` of a body in a few words. Long values are left out; the exchange shows them in full. */
export function describeValue(body: unknown, instance: string): string {
  const value = valueAt(body, instance);
  if (value === undefined) return "nothing";
  if (typeof value === "object" && value !== null && !(value instanceof Number))
    return Array.isArray(value)
      ? `an array of ${value.length}`
      : `an object with ${
          Object.keys(value)
            .map((key) => JSON.stringify(key))
            .join(", ") || "no properties"
        }`;
  const text = jsonText(value) ?? "nothing";
  return text.length > 80 ? `${typeof value} of ${String(value).length} characters` : text;
}
