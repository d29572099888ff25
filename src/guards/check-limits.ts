import { ElevenLabsError } from "../errors/eleven-labs-error.ts";

/**
 * Refuses limits that would mean no limit, or no request at all.
 *
 * @throws ElevenLabsError with code `invalid_configuration`
 */
export function checkLimits(timeoutInSeconds: number, maxRetries: number): void {
  if (!(timeoutInSeconds > 0) || !(maxRetries >= 0))
    throw new ElevenLabsError({
      code: "invalid_configuration",
      message: "timeoutInSeconds must be a number above 0, and maxRetries a number of 0 or more.",
    });
}
