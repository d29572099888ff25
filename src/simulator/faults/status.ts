import { alterAnswer, isRefusal, onSuccess, withBody, withHeader, withoutHeader } from "../alter.ts";
import type { Answer, Fault } from "../handler.ts";
import { isCreate, refusedKey, refusedType } from "../token-contract.ts";

const html = "<!doctype html><title>Error</title><h1>Something went wrong</h1>";

function htmlPage(answer: Answer, status: number): Answer {
  return { ...withHeader(withBody(answer, html), "content-type", "text/html; charset=utf-8"), status };
}

function redirect(status: number, location: string): Answer {
  return { status, headers: { location, "content-length": "0" }, body: "" };
}

/** The server answers with a status that the contract doesn't give to that request. */
export const statusFaults: readonly Fault[] = [
  {
    id: "success-as-201",
    caughtBy: ["status-code-conformance"],
    breach: "A create is answered 201, which isn't documented.",
    wrap: onSuccess((answer) => ({ ...answer, status: 201 })),
  },
  {
    id: "success-as-202",
    caughtBy: ["status-code-conformance"],
    breach: "A create is answered 202, which isn't documented, with the documented body.",
    wrap: onSuccess((answer) => ({ ...answer, status: 202 })),
  },
  {
    id: "success-as-204",
    caughtBy: ["status-code-conformance"],
    breach: "A create is answered 204 with no body.",
    wrap: onSuccess((answer) => ({ ...withoutHeader(withBody(answer, ""), "content-type"), status: 204 })),
  },
  {
    id: "success-as-206",
    caughtBy: ["status-code-conformance"],
    breach: "A create is answered 206 although no range was requested.",
    wrap: onSuccess((answer) => ({ ...answer, status: 206 })),
  },
  {
    id: "error-500-always",
    caughtBy: ["not-a-server-error"],
    breach: "Every create fails with 500.",
    wrap: onSuccess((answer) => ({ ...withBody(answer, '{"detail":"Internal Server Error"}'), status: 500 })),
  },
  {
    id: "error-502-with-html",
    caughtBy: ["not-a-server-error"],
    breach: "A gateway in front answers every create with 502 and its own page.",
    wrap: onSuccess((answer) => htmlPage(answer, 502)),
  },
  {
    id: "error-503-with-retry-after",
    caughtBy: ["not-a-server-error"],
    breach: "Every create is answered 503 with Retry-After.",
    wrap: onSuccess((answer) => ({
      ...withHeader(withBody(answer, '{"detail":"Service Unavailable"}'), "retry-after", "0"),
      status: 503,
    })),
  },
  {
    id: "error-500-for-unknown-type",
    caughtBy: ["not-a-server-error"],
    breach: "A type that isn't documented crashes the server instead of being refused.",
    wrap: alterAnswer(refusedType, (answer) => ({ ...answer, status: 500 })),
  },
  {
    id: "error-500-for-missing-key",
    caughtBy: ["not-a-server-error"],
    breach: "A missing key crashes the server instead of being refused.",
    wrap: alterAnswer(refusedKey, (answer) => ({ ...answer, status: 500 })),
  },
  {
    id: "redirect-302-to-login",
    caughtBy: ["status-code-conformance", "positive-data-acceptance"],
    breach: "A create is redirected to a login page.",
    wrap: onSuccess(() => redirect(302, "/login")),
  },
  {
    id: "redirect-307-to-other-host",
    caughtBy: ["status-code-conformance", "positive-data-acceptance"],
    breach: "A create is redirected to another host, method and key included.",
    wrap: onSuccess(() => redirect(307, "http://127.0.0.1:9/v1/single-use-token/realtime_scribe")),
  },
  {
    id: "redirect-308-adds-slash",
    caughtBy: ["status-code-conformance", "positive-data-acceptance"],
    breach: "The documented path only redirects to itself with a slash at the end.",
    wrap: onSuccess((_, request) => redirect(308, `${request.url}/`)),
  },
  {
    id: "not-modified-304",
    caughtBy: ["status-code-conformance", "positive-data-acceptance"],
    breach: "A create is answered from a cache with 304.",
    wrap: onSuccess(() => ({ status: 304, headers: { etag: '"token"' }, body: "" })),
  },
  {
    id: "unknown-type-redirected",
    caughtBy: ["negative-data-rejection", "status-code-conformance"],
    breach: "A type that isn't documented is redirected to one that is.",
    wrap: alterAnswer(refusedType, () => redirect(303, "/v1/single-use-token/realtime_scribe")),
  },
  {
    id: "refusal-as-400",
    caughtBy: ["status-code-conformance"],
    breach: "Bad requests are refused with 400; only 422 is documented.",
    wrap: alterAnswer(
      (answer, request) => isCreate(request) && isRefusal(answer),
      (answer) => ({ ...answer, status: 400 }),
    ),
  },
  {
    id: "refusal-as-200-with-error-body",
    caughtBy: ["negative-data-rejection"],
    breach: "A refusal is sent with status 200 and the error in the body.",
    wrap: alterAnswer(
      (answer, request) => isCreate(request) && isRefusal(answer),
      (answer) => ({ ...answer, status: 200 }),
    ),
  },
  {
    id: "refusal-as-204",
    caughtBy: ["negative-data-rejection"],
    breach: "A type that isn't documented is silently ignored with 204.",
    wrap: alterAnswer(refusedType, () => ({ status: 204, headers: {}, body: "" })),
  },
];
