import type { OriginDecision } from "./allowed-origin.ts";

const preflightSeconds = 600;

/** What a page of an allowed origin may read of an answer (Fetch standard, CORS protocol). */
export function corsHeaders(decision: OriginDecision, allowCredentials: boolean): Record<string, string> {
  if (decision.kind !== "allowed") return {};
  return {
    "access-control-allow-origin": decision.origin,
    "access-control-expose-headers": "retry-after",
    ...(allowCredentials && { "access-control-allow-credentials": "true" }),
  };
}

/** What a preflight of an allowed origin is told besides. */
export function preflightHeaders(requestHeaders: readonly string[]): Record<string, string> {
  return {
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": requestHeaders.join(", "),
    "access-control-max-age": String(preflightSeconds),
  };
}
