export type OriginDecision =
  /** No page asks: no browser sends a POST, or a request across origins, without an Origin header. */
  | { readonly kind: "no-origin" }
  | { readonly kind: "allowed"; readonly origin: string }
  | { readonly kind: "refused" };

/**
 * Compares the Origin header (RFC 6454 section 7) with the list, byte by byte: no wildcard, no suffix, no `null`, and
 * no list of several origins in one header.
 */
export function allowedOrigin(origin: string | null, allowed: readonly string[]): OriginDecision {
  if (origin === null) return { kind: "no-origin" };
  return allowed.includes(origin) ? { kind: "allowed", origin } : { kind: "refused" };
}
