import { refusal } from "../errors/refusal.ts";

/**
 * Refuses limits that would mean no limit, or no request at all.
 *
 * @throws ApiError with code `invalid_configuration`
 */
export function checkLimits(timeoutInSeconds: number, maxRetries: number, maxBytes = 0): void {
  if (!(timeoutInSeconds > 0 && timeoutInSeconds < Infinity && maxRetries >= 0 && maxBytes >= 0))
    throw refusal(
      "configuration",
      "timeoutInSeconds must be > 0 and finite, maxRetries and maxResponseBytes >= 0.",
    );
}
