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
  if (response === undefined) return undefined;
  const { status } = response;
  const asks = (...names: readonly string[]) =>
    request.headers.some(([name]) => names.includes(name.toLowerCase()));
  const isDocumented = operation.responses.some((rule) =>
    [`${status}`, `${`${status}`[0]}XX`].includes(rule.status),
  );
  if (status === 304 && !isDocumented) return "recorded responses are 304, answered from the client's cache";
  // HTTP's own: any resource may be asked for in part, or on conditions (RFC 9110, sections 13 and 14).
  if (status === 206 && !isDocumented && asks("range"))
    return "recorded responses are the range that the client requested (206)";
  if (status === 416 && asks("range")) return "recorded requests are for a range that doesn't exist (416)";
  if (status === 412 && asks("if-match", "if-none-match", "if-unmodified-since", "if-modified-since"))
    return "recorded requests set a condition that wasn't met (412)";
  // As in a live run, which waits and asks again.
  return status === 429 ? "recorded responses are 429: the server limited its caller" : undefined;
}
