import { alterAnswer } from "../alter.ts";
import type { Fault, Handler, ReceivedRequest } from "../handler.ts";
import { keyHeader, requestedType } from "../token-contract.ts";

const caughtBy = ["unsupported-method"];

/** A server that takes the given methods for POST. */
function takenForPost(...methods: readonly string[]): (next: Handler) => Handler {
  return (next) => (request) =>
    next(methods.includes(request.method) ? { ...request, method: "POST" } : request);
}

function accepted(id: string, method: string): Fault {
  return { id, caughtBy, breach: `${method} does what POST does.`, wrap: takenForPost(method) };
}

function isNot405(status: number): (request: ReceivedRequest) => boolean {
  return (request) => status === 405 && request.method !== "POST" && requestedType(request) !== undefined;
}

/** The server does something for methods that the path doesn't document. */
export const methodFaults: readonly Fault[] = [
  accepted("get-accepted", "GET"),
  accepted("put-accepted", "PUT"),
  accepted("patch-accepted", "PATCH"),
  accepted("delete-accepted", "DELETE"),
  {
    id: "head-accepted",
    caughtBy,
    breach: "HEAD mints a token and answers 200.",
    wrap: takenForPost("HEAD"),
  },
  {
    id: "every-method-accepted",
    caughtBy,
    breach: "The method is ignored.",
    wrap: (next) => (request) => next({ ...request, method: "POST" }),
  },
  {
    id: "get-answers-empty-200",
    caughtBy,
    breach: "GET, which isn't documented, is answered 200 with an empty list.",
    wrap: alterAnswer(
      (answer, request) => isNot405(answer.status)(request) && request.method === "GET",
      (answer) => ({ ...answer, status: 200, body: "[]" }),
    ),
  },
  {
    id: "delete-answers-204",
    caughtBy,
    breach: "DELETE, which isn't documented, is answered 204.",
    wrap: alterAnswer(
      (answer, request) => isNot405(answer.status)(request) && request.method === "DELETE",
      () => ({ status: 204, headers: {}, body: "" }),
    ),
  },
  {
    id: "get-crashes",
    caughtBy: ["not-a-server-error", "unsupported-method"],
    breach: "GET, which isn't documented, fails with 500.",
    wrap: alterAnswer(
      (answer, request) => isNot405(answer.status)(request) && request.method === "GET",
      (answer) => ({ ...answer, status: 500 }),
    ),
  },
  {
    id: "trace-echoes-request",
    caughtBy: ["unsupported-method", "secret-reflection"],
    breach: "TRACE echoes the request, key included.",
    wrap: (next) => (request) =>
      request.method === "TRACE"
        ? {
            status: 200,
            headers: { "content-type": "message/http" },
            body: `TRACE ${request.url} HTTP/1.1\r\n${keyHeader}: ${request.headers[keyHeader] ?? ""}\r\n`,
          }
        : next(request),
  },
];
