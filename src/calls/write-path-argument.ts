import { refusal } from "../errors/refusal.ts";
import { writeValue } from "./write-value.ts";

/**
 * A path argument in the style `simple` (OpenAPI 3.1 §4.8.12), percent-encoded, lists as `a,b`: any value that stays one
 * segment of the path. The message doesn't show the value.
 *
 * @throws ApiError with code `invalid_argument` for nothing, and for what would leave the path
 */
export function writePathArgument(name: string, value: unknown): string {
  const text = [value ?? ""].flat().map((item) => encodeURIComponent(writeValue(item)));
  if (/^\.{0,2}$/.test(`${text}`)) throw refusal("argument", `${name} can't be empty or dots.`);
  return `${text}`;
}
