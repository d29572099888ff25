import type { Contract, Operation, Parameter, SecurityScheme } from "../contract/contract.ts";
import type { HeaderLine } from "../http/message.ts";
import { cookiePairs } from "./pairs.ts";
import { type Credentials, noCredentials } from "./scheme-form.ts";
import { security } from "./security.ts";

/** Stands for a credential where the caller gives none: long and odd enough to be recognized when it is echoed. */
export const placeholderCredential = "contract-tests-credential-5e1f0c7a92";
/** A credential that no server has given out. */
export const wrongCredential = "contract-tests-wrong-credential-0b64";

/** Schemes that go together: one alternative of an operation's `security`. */
export type Alternative = readonly SecurityScheme[];

/** What the caller gives for schemes: a token, a key, `user:password`. */
export type Secrets = ReadonlyMap<SecurityScheme, string>;

const noSecrets: Secrets = new Map();

/** The alternatives of an operation that this harness can write. */
export function supportedAlternatives(contract: Contract, operation: Operation): readonly Alternative[] {
  return operation.security.flatMap((names): Alternative[] => {
    const schemes = names.flatMap((name) => contract.securitySchemes.get(name) ?? []);
    const isSupported =
      schemes.length === names.length && schemes.every(({ kind }) => kind !== "unsupported");
    return isSupported && schemes.length > 0 ? [schemes] : [];
  });
}

/** True when the caller gives a credential of the scheme. */
export function isGiven(
  scheme: SecurityScheme,
  own: readonly HeaderLine[],
  secrets: Secrets = noSecrets,
): boolean {
  return secrets.has(scheme) || security(scheme).isCarried({ headers: own, path: "" });
}

/**
 * The alternative by which the operation's valid requests say who asks: one that the caller's own credentials fulfil, or
 * fulfil in part, else the first that this harness can fulfil; undefined when there is none or none is asked.
 */
export function chosenSecurity(
  contract: Contract,
  operation: Operation,
  own: readonly HeaderLine[],
  secrets: Secrets = noSecrets,
): Alternative | undefined {
  const alternatives = supportedAlternatives(contract, operation);
  const isOwn = (scheme: SecurityScheme) => isGiven(scheme, own, secrets);
  return (
    alternatives.find((schemes) => schemes.every(isOwn)) ??
    alternatives.find((schemes) => schemes.some(isOwn)) ??
    alternatives[0]
  );
}

/** Every scheme that the operation's `security` names. */
function namedSchemes(contract: Contract, operation: Operation): SecurityScheme[] {
  return [...new Set(operation.security.flat())].flatMap((name) => contract.securitySchemes.get(name) ?? []);
}

/** Headers without what fulfils any of `schemes`. */
export function withoutCredentials(
  schemes: Alternative,
  headers: readonly HeaderLine[],
): readonly HeaderLine[] {
  return schemes.reduce((left, scheme) => security(scheme).without(left), headers);
}

/** The caller's headers without a credential of any of the operation's alternatives. */
export function withoutAnyCredential(
  contract: Contract,
  operation: Operation,
  own: readonly HeaderLine[],
): readonly HeaderLine[] {
  return withoutCredentials(namedSchemes(contract, operation), own);
}

/**
 * Credentials for exactly the schemes `chosen`: the caller's own where headers or `secrets` have them, else `secret`. What the
 * caller gives for the operation's other alternatives stays out, so that a server can't be content with that.
 */
export function credentialsFor(
  contract: Contract,
  operation: Operation,
  chosen: Alternative,
  own: readonly HeaderLine[],
  secret = placeholderCredential,
  secrets: Secrets = noSecrets,
): Credentials {
  const isIn = (headers: readonly HeaderLine[]) => (scheme: SecurityScheme) =>
    security(scheme).isCarried({ headers, path: "" });
  const carried = chosen.filter(isIn(own));
  let headers = own;
  for (const other of namedSchemes(contract, operation)) {
    if (chosen.includes(other) || !isIn(headers)(other)) continue;
    const left = security(other).without(headers);
    if (carried.every(isIn(left))) headers = left; // else both are the same header
  }
  const made = chosen.filter((scheme) => !carried.includes(scheme));
  const written = made.map((scheme) => security(scheme).write(secrets.get(scheme) ?? secret));
  return merged([{ ...noCredentials, headers }, ...written]);
}

/** The parts of one request put together. */
export function merged(parts: readonly Credentials[]): Credentials {
  return {
    headers: parts.flatMap(({ headers }) => headers),
    query: parts.flatMap(({ query }) => query),
    cookies: parts.flatMap(({ cookies }) => cookies),
  };
}

/** Names and values of the cookies in the caller's own headers. */
export function ownCookies(own: readonly HeaderLine[]): ReadonlyMap<string, string> {
  return new Map(cookiePairs({ headers: own }).map(({ name, raw }) => [name, raw]));
}

/** True when the caller's own headers carry this parameter. */
export function isOwnParameter({ in: place, name }: Parameter, own: readonly HeaderLine[]): boolean {
  if (place === "cookie") return ownCookies(own).has(name);
  return place === "header" && own.some(([key]) => key.toLowerCase() === name.toLowerCase());
}
