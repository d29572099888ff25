export type JsonObject = { readonly [name: string]: unknown };

/** True for a JSON object: not null, not an array, and no number that needs more room than others. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Number);
}

/** `value` when it is an object, else an empty one. */
export function objectOr(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** `value` when it is an array, else an empty one. */
export function listOr(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** `value` when it is a string, else undefined. */
export function textOr(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
