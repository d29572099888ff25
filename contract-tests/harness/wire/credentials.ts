import type { Contract, Operation, Parameter, SecurityScheme } from "../contract/contract.ts";
import type { HeaderLine } from "../http/message.ts";

export interface Credentials {
  readonly headers: readonly HeaderLine[];
  readonly query: readonly (readonly [string, string])[];
  readonly cookies: readonly (readonly [string, string])[];
}

export const noCredentials: Credentials = { headers: [], query: [], cookies: [] };

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

/** Names and values of the cookies in the caller's own headers. */
export function ownCookies(own: readonly HeaderLine[]): ReadonlyMap<string, string> {
  const pairs = own
    .filter(([name]) => name.toLowerCase() === "cookie")
    .flatMap(([, value]) => value.split(";"))
    .map((pair) => pair.trim().split(/=(.*)/s, 2))
    .filter(([name]) => name !== "");
  return new Map(pairs.map(([name = "", value = ""]) => [name, value]));
}

/** True when the caller's own headers carry this parameter. */
export function isOwnParameter({ in: place, name }: Parameter, own: readonly HeaderLine[]): boolean {
  if (place === "cookie") return ownCookies(own).has(name);
  return place === "header" && own.some(([key]) => key.toLowerCase() === name.toLowerCase());
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
  const givenCookies = ownCookies(own);
  for (const scheme of schemes) {
    if (scheme.kind === "apiKey") {
      if (scheme.in === "query") query.push([scheme.name, secret]);
      else if (scheme.in === "cookie") {
        if (!givenCookies.has(scheme.name)) cookies.push([scheme.name, secret]);
      } else if (!given.has(scheme.name.toLowerCase())) headers.push([scheme.name, secret]);
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
    schemes.flatMap((scheme) => {
      if (scheme.kind !== "apiKey") return ["authorization"];
      return scheme.in === "header" ? [scheme.name.toLowerCase()] : [];
    }),
  );
  const cookies = new Set(
    schemes.flatMap((scheme) => (scheme.kind === "apiKey" && scheme.in === "cookie" ? [scheme.name] : [])),
  );
  return own
    .filter(([name]) => !names.has(name.toLowerCase()))
    .flatMap(([name, value]): HeaderLine[] => {
      if (name.toLowerCase() !== "cookie" || cookies.size === 0) return [[name, value]];
      const left = value.split(";").filter((pair) => !cookies.has(pair.split("=")[0]?.trim() ?? ""));
      return left.length === 0 ? [] : [[name, left.join(";").trim()]];
    });
}
