import { createRedactor } from "../secrets/create-redactor.ts";
import { safeCause } from "../secrets/safe-cause.ts";
import { isControlFlow } from "./control-flow.ts";
import { ElevenLabsError } from "./eleven-labs-error.ts";

/**
 * One of our errors, or a framework's control flow, as it is. What else is thrown comes from the caller's own functions and values (a key or header
 * function, a query that can't be written), since the transport wraps whatever the network throws.
 */
export function toElevenLabsError(error: unknown, redact = createRedactor()): Error {
  if (isOurs(error) || isControlFlow(error)) return error;
  const cause = safeCause(error, redact);
  return new ElevenLabsError({ code: "invalid_configuration", message: "An option failed.", cause });
}

/** Whether it is one of our errors; a proxy may refuse the question. */
export function isOurs(error: unknown): error is ElevenLabsError {
  try {
    return error instanceof ElevenLabsError;
  } catch {
    return false;
  }
}
