import { alterRequest, onSuccess, withBody, withHeader } from "../alter.ts";
import type { Fault, Handler } from "../handler.ts";
import { isCreate, requestedType, withType } from "../token-contract.ts";

const caughtBy = ["positive-data-acceptance"];

/** A server that no longer knows one of the documented types. */
function forgets(type: string): (next: Handler) => Handler {
  return alterRequest((request) =>
    isCreate(request) && requestedType(request) === type ? withType(request, "retired") : request,
  );
}

function refusal(status: number, detail: string): (next: Handler) => Handler {
  return onSuccess(() => ({
    status,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ detail }),
  }));
}

/** The server refuses what the contract documents. */
export const refusesGoodInputFaults: readonly Fault[] = [
  {
    id: "realtime-scribe-refused",
    caughtBy,
    breach: "The documented type realtime_scribe is refused.",
    wrap: forgets("realtime_scribe"),
  },
  {
    id: "tts-websocket-refused",
    caughtBy,
    breach: "The documented type tts_websocket is refused.",
    wrap: forgets("tts_websocket"),
  },
  {
    id: "batch-scribe-refused",
    caughtBy,
    breach: "The type batch_scribe, which only later pages list, is refused.",
    wrap: forgets("batch_scribe"),
  },
  { id: "all-refused-422", caughtBy, breach: "Every create is refused with 422.", wrap: refusal(422, "no") },
  {
    id: "all-refused-401",
    caughtBy: [...caughtBy, "status-code-conformance"],
    breach: "The key isn't recognised: every create is unauthorized.",
    wrap: refusal(401, "unauthorized"),
  },
  { id: "all-refused-403", caughtBy, breach: "Every create is forbidden.", wrap: refusal(403, "forbidden") },
  {
    id: "path-unknown",
    caughtBy,
    breach: "The documented path is answered 404.",
    wrap: refusal(404, "Not Found"),
  },
  {
    id: "post-not-allowed",
    caughtBy: [...caughtBy, "status-code-conformance"],
    breach: "The documented method is answered 405.",
    wrap: onSuccess((answer) => ({
      ...withHeader(withBody(answer, '{"detail":"Method Not Allowed"}'), "allow", "GET"),
      status: 405,
    })),
  },
  {
    id: "body-demanded",
    caughtBy,
    breach: "A create without a JSON body, which isn't documented, is refused.",
    wrap: (next) => (request) =>
      isCreate(request) && request.body.length === 0
        ? {
            status: 422,
            headers: { "content-type": "application/json" },
            body: '{"detail":[{"type":"missing","loc":["body"],"msg":"Field required"}]}',
          }
        : next(request),
  },
  {
    id: "undocumented-header-demanded",
    caughtBy,
    breach: "A header that isn't documented is required.",
    wrap: (next) => (request) =>
      isCreate(request) && request.headers["x-api-version"] === undefined
        ? {
            status: 422,
            headers: { "content-type": "application/json" },
            body: '{"detail":[{"type":"missing","loc":["header","x-api-version"],"msg":"Field required"}]}',
          }
        : next(request),
  },
];
