import { isObject } from "../contract/json-object.ts";

/** `base` with another value at a place; without the place when `replacement` is undefined. */
export function replaceAt(base: unknown, path: readonly (string | number)[], replacement: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return replacement;
  if (Array.isArray(base))
    return base.map((item, index) => (index === step ? replaceAt(item, rest, replacement) : item));
  if (!isObject(base)) return undefined;
  const value = rest.length === 0 ? replacement : replaceAt(base[step], rest, replacement);
  const entries = Object.entries(base).filter(([key]) => key !== step || value !== undefined);
  if (value === undefined) return Object.fromEntries(entries);
  return Object.hasOwn(base, step)
    ? Object.fromEntries(entries.map(([key, old]) => [key, key === step ? value : old]))
    : { ...base, [step]: value };
}
