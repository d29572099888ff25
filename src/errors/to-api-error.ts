import { createRedactor } from "../secrets/create-redactor.ts";
import { safeCause } from "../secrets/safe-cause.ts";
import { ApiError } from "./api-error.ts";
import { isFinal } from "./is-final.ts";

/**
 * What is final, as it is. What else is thrown comes from the caller's own functions and values (a key or header function,
 * a query that can't be written), since the transport wraps whatever the network throws.
 */
export function toApiError(error: unknown, redact = createRedactor()): Error {
  if (isFinal(error)) return error;
  const cause = safeCause(error, redact);
  return new ApiError({ code: "invalid_configuration", message: "An option failed.", cause });
}
