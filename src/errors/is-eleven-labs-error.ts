import type { ElevenLabsError } from "./eleven-labs-error.ts";

/** Like `instanceof ElevenLabsError`, but by name: true for errors of another copy of this package too. */
export function isElevenLabsError(value: unknown): value is ElevenLabsError {
  return (
    value instanceof Error &&
    "code" in value &&
    ["ElevenLabsError", "ElevenLabsTimeoutError", "UnprocessableEntityError"].includes(value.name)
  );
}
