import { type ElevenLabsError, errorBrand } from "./eleven-labs-error.ts";

/** Like `instanceof ElevenLabsError`, and true for errors of another copy of this package too. */
export function isElevenLabsError(value: unknown): value is ElevenLabsError {
  return typeof value === "object" && value !== null && errorBrand in value;
}
