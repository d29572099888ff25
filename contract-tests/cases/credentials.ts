import type { Contract, Operation, SecurityScheme } from "../contract/contract.ts";
import type { HeaderLine } from "../engine/model.ts";
import type { Credentials } from "./request-parts.ts";

/** Stands for a credential where the caller gives none: long and odd enough to be recognized when it is echoed. */
export const placeholderCredential = "contract-tests-credential-5e1f0c7a92";
/** A credential that no server has given out. */
export const wrongCredential = "contract-tests-wrong-credential-0b64";

/** One way of the operation's `security` that this harness can fulfil; undefined when there is none or none is asked. */
export function supportedSecurity(
  contract: Contract,
  operation: Operation,
): readonly SecurityScheme[] | undefined {
  for (const names of operation.security) {
    const schemes = names.flatMap((name) => contract.securitySchemes.get(name) ?? []);
    if (
      schemes.length === names.length &&
      schemes.length > 0 &&
      schemes.every(({ kind }) => kind !== "unsupported")
    )
      return schemes;
  }
  return undefined;
}

/** Credentials for `schemes`; what the caller's own headers already carry is left to them. */
export function credentialsFor(
  schemes: readonly SecurityScheme[],
  own: readonly HeaderLine[],
  secret = placeholderCredential,
): Credentials {
  const headers: HeaderLine[] = [...own];
  const query: [string, string][] = [];
  const cookies: [string, string][] = [];
  const given = new Set(own.map(([name]) => name.toLowerCase()));
  for (const scheme of schemes) {
    if (scheme.kind === "apiKey") {
      if (scheme.in === "query") query.push([scheme.name, secret]);
      else if (scheme.in === "cookie") cookies.push([scheme.name, secret]);
      else if (!given.has(scheme.name.toLowerCase())) headers.push([scheme.name, secret]);
    } else if ((scheme.kind === "basic" || scheme.kind === "bearer") && !given.has("authorization")) {
      headers.push([
        "authorization",
        scheme.kind === "bearer" ? `Bearer ${secret}` : `Basic ${btoa(`contract-tests:${secret}`)}`,
      ]);
    }
  }
  return { headers, query, cookies };
}

/** The caller's headers without those that fulfil `schemes`. */
export function withoutCredentials(
  schemes: readonly SecurityScheme[],
  own: readonly HeaderLine[],
): HeaderLine[] {
  const names = new Set(
    schemes.map((scheme) =>
      scheme.kind === "apiKey" && scheme.in === "header" ? scheme.name.toLowerCase() : "authorization",
    ),
  );
  return own.filter(([name]) => !names.has(name.toLowerCase()));
}
