import type { Case } from "../cases/case.ts";
import type { Contract, Operation } from "../contract/contract.ts";
import type { HttpRequest } from "../http/message.ts";
import type { RecordedExchange } from "./recorded-exchange.ts";

/** A browser asks whether it may ask (Fetch standard, CORS protocol). */
export function isPreflight({ method, headers }: HttpRequest): boolean {
  const has = (name: string) => headers.some(([key]) => key.toLowerCase() === name);
  return method === "OPTIONS" && has("origin") && has("access-control-request-method");
}

/**
 * What `request` asks of the contract's server below one of these addresses: its path there; undefined when it goes
 * elsewhere, be it to another part of the same host.
 */
export function pathBelow(
  addresses: Iterable<string>,
  { url, request }: RecordedExchange,
): string | undefined {
  const { origin } = new URL(url);
  const whole = origin + request.path;
  const [longest] = [...addresses]
    .filter(
      (address) => whole === address || whole.startsWith(`${address}/`) || whole.startsWith(`${address}?`),
    )
    .sort((a, b) => b.length - a.length);
  return longest === undefined ? undefined : whole.slice(longest.length) || "/";
}

/** What belongs to the transport or the browser and not to the contract: why it isn't judged, after a number. */
export function notJudgedOf(
  { operations }: Contract,
  operation: Operation,
  { expectation }: Case,
  { request, response, caseId }: RecordedExchange,
): string | undefined {
  if (caseId !== undefined) return undefined;
  if (expectation === "unsupported-method") {
    if (isPreflight(request))
      return "recorded requests are browser preflights (Fetch standard, CORS protocol)";
    // RFC 9110, section 9.3.2: what can be read with GET can be asked for with HEAD.
    const isReadable = operations.some(({ method, path }) => method === "GET" && path === operation.path);
    if (request.method === "HEAD" && isReadable)
      return "recorded HEAD requests are for paths that document GET but not HEAD";
  }
  const isDocumented = operation.responses.some(({ status }) => ["304", "3XX"].includes(status));
  if (response?.status === 304 && !isDocumented)
    return "recorded responses are 304, answered from the client's cache";
  return undefined;
}
