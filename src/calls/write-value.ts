/** A parameter's value as text: a date as RFC 3339 writes it, anything else as JavaScript does. */
export function writeValue(value: unknown): string {
  return value instanceof Date ? value.toISOString() : `${value}`;
}
