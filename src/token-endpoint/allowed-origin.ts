export type OriginDecision =
  /** No page asks: no browser of today sends a POST, or a request across origins, without an Origin header. */
  | { readonly kind: "no-origin" }
  | { readonly kind: "allowed"; readonly origin: string }
  | { readonly kind: "refused" };

/**
 * Compares the Origin header (RFC 6454 section 7) with the list, byte by byte: no wildcard, no suffix, no `null`, and
 * no list of several origins in one header. Without one, `Sec-Fetch-Site: cross-site` (Fetch Metadata §2.3) still tells
 * of a foreign page.
 */
export function allowedOrigin(headers: Headers, allowed: readonly string[]): OriginDecision {
  const origin = headers.get("origin");
  if (origin === null)
    return { kind: headers.get("sec-fetch-site") === "cross-site" ? "refused" : "no-origin" };
  return allowed.includes(origin) ? { kind: "allowed", origin } : { kind: "refused" };
}
