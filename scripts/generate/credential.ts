import type { Parameter } from "./contract-model.ts";

/** Where an operation takes the caller's secret. */
export interface Credential {
  readonly in: "header";
  readonly name: string;
}

/**
 * The header parameter that carries the caller's key. The exporter declares no security scheme but an ordinary
 * header, so it is known by its name (see docs/decisions/003-key-is-a-header.md).
 */
export function credentialOf(parameters: readonly Parameter[]): Credential | undefined {
  const found = parameters.find(({ name, in: place }) => place === "header" && isCredentialName(name));
  return found === undefined ? undefined : { in: "header", name: found.name };
}

/** `xi-api-key`, `X-API-Key`, `api_key`, `Authorization`, `x-auth-token` … */
export function isCredentialName(name: string): boolean {
  return /(^|[-_])(api[-_]?key|authorization|auth[-_]?token|access[-_]?token)$/i.test(name);
}
