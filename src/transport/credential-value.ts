/**
 * What a header that carries the key says. `Authorization` names a scheme before it (RFC 9110 §11.6.2), and an API key
 * goes by `Bearer` (RFC 6750 §2.1); a header of a provider's own holds the key alone.
 */
export function credentialValue(header: string, key: string): string {
  return header.toLowerCase() === "authorization" ? `Bearer ${key}` : key;
}
