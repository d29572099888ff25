import { InputError } from "../cli/input-error.ts";
import { isObject, type Json, type JsonObject, valueAt } from "./json.ts";
import type { Parameter } from "./parameter.ts";

/** Where an operation takes the caller's secret. */
export interface Credential {
  /** The header's, query parameter's or cookie's name as documented. */
  readonly name: string;
  readonly in: "header" | "query" | "cookie" | "basic";
  /**
   * What stands before the key. `Authorization` names a scheme there (RFC 9110 §11.6.2) where the page says so; a header
   * of a provider's own holds the key alone.
   */
  readonly prefix: string;
}

/**
 * Where the key goes: what the first alternative of `security` says that one secret is enough for (OpenAPI 3.1 §4.8.30),
 * or where nothing is declared the parameter that carries a key by its name, since the exporter writes it as an ordinary
 * one (see docs/decisions/003-key-is-a-header.md).
 *
 * @throws InputError when `security` asks for what the client can't do: it would be silently keyless
 */
export function credentialOf(
  document: JsonObject,
  id: string,
  security: Json | undefined,
  parameters: readonly Parameter[],
): Credential | undefined {
  const declared = security ?? document["security"];
  if (!Array.isArray(declared)) return credentialParameter(parameters);
  const alternatives = declared.filter(isObject).filter((alternative) => Object.keys(alternative).length > 0);
  if (alternatives.length === 0) return undefined;
  for (const alternative of alternatives) {
    const [name, second] = Object.keys(alternative);
    const scheme = second === undefined && valueAt(document, ["components", "securitySchemes", name ?? ""]);
    const credential = isObject(scheme) ? ofScheme(scheme) : undefined;
    if (credential) return credential;
  }
  const names = alternatives.map((alternative) => Object.keys(alternative).join(" + ")).join(", ");
  throw new InputError(
    `${id}: the client supports none of its security schemes (${names}): it sends one apiKey, bearer, basic, oauth2 or openIdConnect credential at a time. Declare one of them with an overlay.`,
  );
}

function ofScheme({ type, in: place, name, scheme }: JsonObject): Credential | undefined {
  if (
    type === "apiKey" &&
    typeof name === "string" &&
    (place === "header" || place === "query" || place === "cookie")
  )
    return { name, in: place, prefix: "" };
  const isBearer = type === "http" && `${scheme}`.toLowerCase() === "bearer";
  if (isBearer || type === "oauth2" || type === "openIdConnect")
    return { name: "Authorization", in: "header", prefix: "Bearer " };
  return type === "http" && `${scheme}`.toLowerCase() === "basic"
    ? { name: "Authorization", in: "basic", prefix: "" }
    : undefined;
}

/** Of several, a required one before the others, a header before the query and cookies. */
function credentialParameter(parameters: readonly Parameter[]): Credential | undefined {
  const places = ["header", "query", "cookie"] as const;
  const [found] = places
    .flatMap((place) => parameters.filter(({ in: own, name }) => own === place && isCredentialName(name)))
    .sort((a, b) => Number(b.required) - Number(a.required));
  const place = places.find((each) => each === found?.in);
  return found && place && { name: found.name, in: place, ...schemeOf(found) };
}

/**
 * What the page says to write before the key: `` `Bearer <token>` ``, or the word alone; nothing where its description
 * knows no scheme. `Authorization` without a description is a bearer's (RFC 6750 §2.1).
 */
function schemeOf({ name, in: place, description }: Parameter): { prefix: string; in?: "basic" } {
  if (place !== "header") return { prefix: "" };
  const isAuthorization = /^authorization$/i.test(name);
  if (description === undefined) return { prefix: isAuthorization ? "Bearer " : "" };
  const shown = /(?<![\w-])([A-Za-z][\w-]*) <[^<>\n]+>/.exec(description)?.[1];
  const said = isAuthorization ? /\b(bearer|basic)\b/i.exec(description)?.[1] : undefined;
  const word = shown ?? said ?? "undefined";
  if (/^basic$/i.test(word)) return { prefix: "", in: "basic" };
  if (/^bearer$/i.test(word)) return { prefix: "Bearer " };
  // The exporter writes "undefined" where a key stands alone.
  return { prefix: /^(undefined|null)$/.test(word) ? "" : `${word} ` };
}

/** `xi-api-key`, `X-API-Key`, `api_key`, `Authorization`, `x-auth-token` … */
export function isCredentialName(name: string): boolean {
  return /(^|[-_])(api[-_]?key|authorization|auth[-_]?token|access[-_]?token)$/i.test(name);
}
