import type { MediaType, Operation, Parameter } from "../contract/contract.ts";
import type { HeaderLine, HttpRequest } from "../http/message.ts";
import { type Credentials, ownCookies } from "./credentials.ts";
import { serializeBody } from "./serialize-body.ts";
import {
  serializeParameter,
  survivesInCookie,
  survivesInHeader,
  survivesInPath,
} from "./serialize-parameter.ts";

/** A request before it is put together: what each parameter and the body hold. */
export interface RequestParts {
  readonly parameters: ReadonlyMap<Parameter, unknown>;
  readonly body?: { readonly mediaType: MediaType; readonly value: unknown };
  /** A body sent as it stands, in place of `body`. */
  readonly rawBody?: { readonly contentType: string; readonly body: Uint8Array };
  /** Credentials of the operation's security schemes and the caller's own headers. */
  readonly credentials: Credentials;
}

const standing: readonly HeaderLine[] = [
  ["accept", "*/*"],
  ["user-agent", "contract-tests"],
];

/** Puts the request together; undefined when a value has no form that arrives as it was meant. */
export function buildRequest(operation: Operation, parts: RequestParts): HttpRequest | undefined {
  let path = operation.path;
  const query: string[] = [];
  const cookies: string[] = [];
  const headers: HeaderLine[] = [...standing];
  for (const [parameter, value] of parts.parameters) {
    // The caller's own goes out as it is given, whatever it holds.
    if (parameter.in === "header" && carries(parts.credentials.headers, parameter.name)) continue;
    const text = serializeParameter(parameter, value);
    if (text === undefined || !survives(parameter, text)) return undefined;
    if (parameter.in === "path") path = path.replace(`{${parameter.name}}`, () => text);
    else if (parameter.in === "query") query.push(text);
    else if (parameter.in === "cookie") cookies.push(text);
    else headers.push([parameter.name, text]);
  }
  if (/\{[^{}]+\}/.test(path)) return undefined;
  for (const [name, value] of parts.credentials.query)
    query.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  for (const [name, value] of parts.credentials.cookies) cookies.push(`${name}=${value}`);
  // A request has one Cookie header (RFC 6265, section 5.4): the caller's cookies go into it.
  const own = ownCookies(parts.credentials.headers);
  const madeUp = cookies
    .flatMap((text) => text.split("; "))
    .filter((pair) => !own.has(pair.split("=")[0] ?? ""));
  const allCookies = [...madeUp, ...[...own].map(([name, value]) => `${name}=${value}`)];
  const body = parts.rawBody ?? (parts.body && serializeBody(parts.body.mediaType, parts.body.value));
  if (parts.body && !body) return undefined;
  if (allCookies.length > 0) headers.push(["cookie", allCookies.join("; ")]);
  if (body && !carries(parts.credentials.headers, "content-type"))
    headers.push(["content-type", body.contentType]);
  headers.push(...parts.credentials.headers.filter(([name]) => name.toLowerCase() !== "cookie"));
  return {
    method: operation.method,
    path: query.length === 0 ? path : `${path}?${query.join("&")}`,
    headers: headers.filter(
      ([name], index) => name !== "user-agent" || !carries(headers.slice(index + 1), name),
    ),
    ...(body ? { body: body.body } : {}),
  };
}

function survives(parameter: Parameter, text: string): boolean {
  switch (parameter.in) {
    case "path":
      return survivesInPath(text);
    case "header":
      return survivesInHeader(text);
    case "cookie":
      return text.split("; ").every((part) => survivesInCookie(part.slice(part.indexOf("=") + 1)));
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
