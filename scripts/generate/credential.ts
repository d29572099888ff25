import type { Parameter } from "./contract-model.ts";

/** Where an operation takes the caller's secret. */
export interface Credential {
  /** The header's name as documented. */
  readonly header: string;
  /**
   * What stands before the key. `Authorization` names a scheme there (RFC 9110 §11.6.2), and an API key goes by
   * `Bearer` (RFC 6750 §2.1); a header of a provider's own holds the key alone.
   */
  readonly prefix: string;
}

/**
 * The header parameter that carries the caller's key. The exporter declares no security scheme but an ordinary
 * header, so it is known by its name (see docs/decisions/003-key-is-a-header.md).
 */
export function credentialOf(parameters: readonly Parameter[]): Credential | undefined {
  const found = parameters.find(({ name, in: place }) => place === "header" && isCredentialName(name));
  if (found === undefined) return undefined;
  return { header: found.name, prefix: /^authorization$/i.test(found.name) ? "Bearer " : "" };
}

/** `xi-api-key`, `X-API-Key`, `api_key`, `Authorization`, `x-auth-token` … */
export function isCredentialName(name: string): boolean {
  return /(^|[-_])(api[-_]?key|authorization|auth[-_]?token|access[-_]?token)$/i.test(name);
}
