/**
 * Milliseconds to wait before the next attempt: the server's `Retry-After` (RFC 9110 §10.2.3, seconds or date), else
 * its `X-RateLimit-Reset` (seconds since 1970, up to 10 % later, so that callers don't return all at once), else
 * 1 s, 2 s, 4 s … up to a minute, ± 10 %.
 *
 * @param attempt number of the attempt that failed, from 0
 * @param random in [0, 1), as `Math.random` gives it
 */
export function retryDelay(
  attempt: number,
  headers: Headers | undefined,
  now: number,
  random: number,
): number {
  const after = headers?.get("retry-after") ?? "";
  if (/^\d+$/.test(after)) return Number(after) * 1000;
  const untilDate = Date.parse(after) - now;
  if (untilDate > 0) return untilDate;
  const untilReset = Number(headers?.get("x-ratelimit-reset")) * 1000 - now;
  if (untilReset > 0) return untilReset * (1 + random * 0.2);
  return Math.min(1000 * 2 ** attempt, 60_000) * (0.9 + random * 0.2);
}
