import { refusal } from "../errors/refusal.ts";

/**
 * A value of an enumeration must look like one, though not be a known one: a newer value can be forced through with
 * a cast. Any other argument must stay one segment of the path. The message doesn't show the value.
 *
 * @throws ElevenLabsError with code `invalid_argument`
 */
export function checkPathArgument(name: string, value: unknown, isEnum: boolean): string {
  const text = typeof value === "number" ? `${value}` : value;
  const pattern = isEnum ? /^[a-z][a-z0-9_]{0,63}$/ : /^(?!\.\.?$)[\s\S]/;
  if (typeof text === "string" && pattern.test(text)) return text;
  throw refusal("argument", `${name} must match ${pattern}.`);
}
