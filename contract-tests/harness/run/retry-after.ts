import { headerValue } from "../http/header-value.ts";
import type { HttpResponse } from "../http/message.ts";

/**
 * How long to wait after an answer that asks for it: 429, or 503 with `Retry-After` (RFC 9110, section 10.2.3: seconds
 * or a date). Undefined for every other answer. Without a header the pause doubles with each attempt.
 */
export function pauseAfter(response: HttpResponse, attempt: number, now: number): number | undefined {
  const header = headerValue(response.headers, "retry-after");
  if (response.status !== 429 && !(response.status === 503 && header !== undefined)) return undefined;
  return Math.max(0, asked(header, now) ?? 250 * 2 ** attempt);
}

function asked(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1_000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : date - now;
}
