import type { MediaType, Operation, Parameter } from "../contract/contract.ts";
import { encodedLiteral, withoutFragment } from "../contract/match-operation.ts";
import { isJsonType, parseMediaType } from "../http/media-type.ts";
import type { HeaderLine, HttpRequest } from "../http/message.ts";
import type { Oracle } from "../schema/oracle.ts";
import { writeBody } from "./body.ts";
import { ownCookies } from "./credentials.ts";
import { percentEncode } from "./percent.ts";
import type { Credentials } from "./scheme-form.ts";
import { survivesInCookie, survivesInHeader, survivesInPath, writeParameter } from "./write-parameter.ts";

/** A request before it is put together: what each parameter and the body hold. */
export interface RequestParts {
  readonly parameters: ReadonlyMap<Parameter, unknown>;
  readonly body?: { readonly mediaType: MediaType; readonly value: unknown };
  /** A body sent as it stands, in place of `body`. */
  readonly rawBody?: { readonly contentType: string; readonly body: Uint8Array };
  /** Credentials of the operation's security schemes and the caller's own headers. */
  readonly credentials: Credentials;
}

/** Puts the request together; undefined when a value has no form that arrives as it was meant. */
export function buildRequest(
  oracle: Oracle,
  operation: Operation,
  parts: RequestParts,
): HttpRequest | undefined {
  const own = parts.credentials.headers;
  const segments = new Map<string, string>();
  const query: string[] = [];
  const cookies: string[] = [];
  const headers: HeaderLine[] = [];
  for (const [parameter, value] of parts.parameters) {
    // The caller's own goes out as it is given, whatever it holds.
    if (parameter.in === "header" && carries(own, parameter.name)) continue;
    const pieces = isEmptyValue(parameter, value)
      ? [`${percentEncode(parameter.name)}=`]
      : writeParameter(parameter, value);
    if (pieces === undefined || !pieces.every((piece) => survives(parameter, piece))) return undefined;
    const [first = ""] = pieces;
    if (parameter.in === "path") segments.set(parameter.name, first);
    else if (parameter.in === "query") query.push(...pieces);
    else if (parameter.in === "cookie") cookies.push(...pieces);
    else headers.push([parameter.name, first]);
  }
  const path = filledPath(operation.path, segments);
  if (path === undefined) return undefined;
  for (const [name, value] of parts.credentials.query)
    query.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  const body =
    parts.rawBody ?? (parts.body && writeBody({ oracle, mediaType: parts.body.mediaType }, parts.body.value));
  if (parts.body && !body) return undefined;
  const cookie = cookieHeader([...cookies, ...parts.credentials.cookies.map((pair) => pair.join("="))], own);
  const standing: readonly HeaderLine[] = [
    ["accept", preferredTypes(operation)],
    ["user-agent", "openapi-conformance"],
    ...(body ? ([["content-type", body.contentType]] as const) : []),
  ];
  return {
    method: operation.method,
    path: query.length === 0 ? path : `${path}${path.includes("?") ? "&" : "?"}${query.join("&")}`,
    headers: [
      ...standing.filter(([name]) => !carries(own, name)),
      ...headers,
      ...(cookie === undefined ? [] : [["cookie", cookie] as const]),
      ...own.filter(([name]) => name.toLowerCase() !== "cookie"),
    ],
    ...(body ? { body: body.body } : {}),
  };
}

/** The template with its values in place, all else percent-encoded; undefined when a value is missing. */
function filledPath(template: string, segments: ReadonlyMap<string, string>): string | undefined {
  let isFilled = true;
  const path = withoutFragment(template).replace(
    /\{([^{}]+)\}|[^{}]+/g,
    (literal, name: string | undefined) => {
      if (name === undefined) return encodedLiteral(literal);
      const segment = segments.get(name);
      if (segment === undefined) isFilled = false;
      return segment ?? "";
    },
  );
  return isFilled ? path : undefined;
}

const preferred = new WeakMap<Operation, string>();

/** JSON where a success is documented as JSON: many servers answer a bare range with the oddest type that they have. */
function preferredTypes(operation: Operation): string {
  const known = preferred.get(operation) ?? preferredAmong(operation);
  preferred.set(operation, known);
  return known;
}

function preferredAmong({ responses }: Operation): string {
  const successes = responses.filter(({ status }) => status.startsWith("2"));
  const answers = successes.length > 0 ? successes : responses.filter(({ status }) => status === "default");
  const names = answers.flatMap(({ contents }) => contents.map(({ name }) => name));
  const json = names.find((name) => {
    const media = parseMediaType(name);
    return media !== undefined && isJsonType(media);
  });
  return json === undefined ? "*/*" : `${json}, */*;q=0.5`;
}

/** A request has one Cookie header (RFC 6265, section 5.4): the caller's cookies go into it, before those made up. */
function cookieHeader(pairs: readonly string[], own: readonly HeaderLine[]): string | undefined {
  const given = ownCookies(own);
  const madeUp = pairs.filter((pair) => !given.has(pair.split("=")[0] ?? ""));
  const all = [...madeUp, ...[...given].map(([name, value]) => `${name}=${value}`)];
  return all.length === 0 ? undefined : all.join("; ");
}

/** `allowEmptyValue` lets a query parameter be there with nothing (OpenAPI 3.1, section 4.8.12.2). */
function isEmptyValue({ in: place, allowEmptyValue }: Parameter, value: unknown): boolean {
  return place === "query" && allowEmptyValue && value === "";
}

function survives(parameter: Parameter, text: string): boolean {
  switch (parameter.in) {
    case "path":
      return survivesInPath(text);
    case "header":
      return survivesInHeader(text);
    case "cookie":
      return survivesInCookie(text.slice(text.indexOf("=") + 1));
    default:
      return !/%00/.test(text) && !/%EF%BF%BD/i.test(text);
  }
}

function carries(headers: readonly HeaderLine[], name: string): boolean {
  return headers.some(([key]) => key.toLowerCase() === name.toLowerCase());
}

/** `parts` with one parameter set, or left out when `value` is undefined. */
export function withParameter(parts: RequestParts, parameter: Parameter, value: unknown): RequestParts {
  const parameters = new Map(parts.parameters);
  if (value === undefined) parameters.delete(parameter);
  else parameters.set(parameter, value);
  return { ...parts, parameters };
}

/** `parts` without a body. */
export function withoutBody({ parameters, credentials }: RequestParts): RequestParts {
  return { parameters, credentials };
}
