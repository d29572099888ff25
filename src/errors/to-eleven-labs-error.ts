import { createRedactor } from "../secrets/create-redactor.ts";
import { safeCause } from "../secrets/safe-cause.ts";
import { ElevenLabsError } from "./eleven-labs-error.ts";

/**
 * One of our errors as it is. What else is thrown comes from the caller's own functions and values (a key or header
 * function, a logger, a query that can't be written), since the transport wraps whatever the network throws.
 */
export function toElevenLabsError(error: unknown): ElevenLabsError {
  if (error instanceof ElevenLabsError) return error;
  const cause = safeCause(error, createRedactor());
  return new ElevenLabsError({ code: "invalid_configuration", message: "An option failed.", cause });
}
