import { refusal } from "../errors/refusal.ts";

/**
 * Refuses limits that would mean no limit, or no request at all.
 *
 * @throws ElevenLabsError with code `invalid_configuration`
 */
export function checkLimits(timeoutInSeconds: number, maxRetries: number): void {
  if (!(timeoutInSeconds > 0 && maxRetries >= 0))
    throw refusal("configuration", "timeoutInSeconds must be > 0 and maxRetries >= 0.");
}
