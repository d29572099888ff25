import type { Problem } from "./problem.ts";

/** What may leave this endpoint about a failed upstream call: no message, no body, no header. */
export interface UpstreamFailure {
  /** The error's class: `ApiError`, `TypeError` … */
  readonly name: string;
  /** The client's code for what happened, such as `timeout`. */
  readonly code?: string;
  /** The provider's HTTP status, if it responded. */
  readonly statusCode?: number;
}

/** A day: no caller is sent away for longer. */
export const maxRetryAfterSeconds = 86_400;

const unavailableStatuses: readonly unknown[] = [408, 503, 504];
const unavailableCodes: readonly unknown[] = ["network_error", "timeout", "aborted"];

/** The harmless part of whatever a client threw. */
export function upstreamFailure(error: unknown): UpstreamFailure {
  const name = error instanceof Error && /^[A-Za-z]{1,64}$/.test(error.name) ? error.name : "Error";
  const [code, statusCode] = [member(error, "code"), member(error, "statusCode")];
  return {
    name,
    ...(typeof code === "string" && /^[a-z_]{1,64}$/.test(code) && { code }),
    ...(typeof statusCode === "number" && Number.isInteger(statusCode) && { statusCode }),
  };
}

/**
 * The answer to a failed call upstream. All failures look alike to a page, but two that tell it what to do: come back
 * later (429, with the provider's Retry-After), or come back soon (503: no answer, or a busy one).
 */
export function upstreamProblem(error: unknown): Problem {
  const { code, statusCode } = upstreamFailure(error);
  if (statusCode === 429) {
    const after = retryAfter(error);
    return { code: "too-many-requests", ...(after !== undefined && { headers: { "retry-after": after } }) };
  }
  const nothingKnown = code === undefined && statusCode === undefined;
  const unavailable =
    nothingKnown || unavailableCodes.includes(code) || unavailableStatuses.includes(statusCode);
  return { code: unavailable ? "provider-unavailable" : "provider-failed" };
}

/** The Retry-After of the provider's answer when it is one: seconds or an HTTP date (RFC 9110 section 10.2.3). */
function retryAfter(error: unknown): string | undefined {
  const headers = member(member(error, "rawResponse"), "headers");
  const value = headers instanceof Headers ? headers.get("retry-after") : null;
  const wellFormed = /^(\d{1,9}|[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT)$/;
  if (value === null || !wellFormed.test(value)) return undefined;
  return /^\d+$/.test(value) ? String(Math.min(Number(value), maxRetryAfterSeconds)) : value;
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  try {
    return Reflect.get(value, name);
  } catch {
    // A getter that throws: there is nothing to be had.
    return undefined;
  }
}
