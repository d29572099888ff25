import type { HttpRequest } from "../http/message.ts";
import type { Sent } from "./paced-sender.ts";

/** So many requests in a row without a byte of HTTP, from the first of a run on, and what listens there is no such server. */
const limit = 3;

/** Asks for nothing that a contract may describe as doing something. */
const plainRequest: HttpRequest = { method: "GET", path: "/", headers: [] };

/**
 * Whether something that left the first request without an answer is an HTTP server at all: one that fails on that request
 * alone answers a plain one (be it by 404), and a secure port or another protocol doesn't.
 *
 * @param first what came of the first request
 * @param ask sends a request
 * @returns the reason why nothing can be judged there; undefined when it may be a server
 */
export async function whyNoHttp(
  first: Sent,
  ask: (request: HttpRequest) => Promise<Sent>,
): Promise<string | undefined> {
  let reason = strangeness(first);
  for (let asked = 1; asked < limit && reason !== undefined; asked++)
    reason = strangeness(await ask(plainRequest));
  return reason;
}

function strangeness(sent: Sent): string | undefined {
  if (!("failure" in sent)) return undefined;
  switch (sent.failure.code) {
    case "HPE_INVALID_CONSTANT":
      return "the server there doesn't speak HTTP/1.1";
    case "ECONNRESET":
    case "EPIPE":
      return "it isn't an HTTP server: it closes every connection without sending a byte";
    default:
      return undefined;
  }
}
