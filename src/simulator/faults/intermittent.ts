import { isRefusal, isSuccess, withBody, withHeader, withJson } from "../alter.ts";
import type { Answer, Fault, ReceivedRequest } from "../handler.ts";
import { isCreate, isDocumentedType, keyOf, requestedType, withKey, withType } from "../token-contract.ts";

type Change = (answer: Answer, request: ReceivedRequest) => Answer | Promise<Answer>;

/** A server that misbehaves on some of its successes, counted from 1. */
function sometimes(which: (count: number) => boolean, change: Change): Fault["wrap"] {
  return (next) => {
    let count = 0;
    return async (request) => {
      const answer = await next(request);
      if (!isSuccess(answer)) return answer;
      count += 1;
      return which(count) ? change(answer, request) : answer;
    };
  };
}

/** A server that reads some of the requests that it would refuse, counted from 1, as good ones. */
function sometimesLenient(
  which: (count: number) => boolean,
  applies: (request: ReceivedRequest) => boolean,
  mend: (request: ReceivedRequest) => ReceivedRequest,
): Fault["wrap"] {
  return (next) => {
    let count = 0;
    return async (request) => {
      const answer = await next(request);
      if (!isCreate(request) || !isRefusal(answer) || !applies(request)) return answer;
      count += 1;
      return which(count) ? next(mend(request)) : answer;
    };
  };
}

const every =
  (n: number) =>
  (count: number): boolean =>
    count % n === 0;
const only =
  (n: number) =>
  (count: number): boolean =>
    count === n;

const serverError: Change = (answer) => ({ ...withBody(answer, '{"detail":"try again"}'), status: 500 });

/** The server conforms to the contract most of the time. */
export const intermittentFaults: readonly Fault[] = [
  {
    id: "first-create-fails",
    caughtBy: ["not-a-server-error"],
    breach: "Only the first create fails, while the server warms up.",
    wrap: sometimes(only(1), serverError),
  },
  {
    id: "second-create-fails",
    caughtBy: ["not-a-server-error", "stability"],
    breach: "Only the second create fails.",
    wrap: sometimes(only(2), serverError),
  },
  {
    id: "every-second-create-fails",
    caughtBy: ["not-a-server-error", "stability"],
    breach: "Every second create fails with 500.",
    wrap: sometimes(every(2), serverError),
  },
  {
    id: "every-third-create-fails",
    caughtBy: ["not-a-server-error", "stability"],
    breach: "Every third create fails with 500.",
    wrap: sometimes(every(3), serverError),
  },
  {
    id: "second-token-missing",
    caughtBy: ["response-schema-conformance", "stability"],
    breach: "Only the second response has no token.",
    wrap: sometimes(
      only(2),
      withJson(() => ({})),
    ),
  },
  {
    id: "second-token-empty",
    caughtBy: ["response-schema-conformance", "fresh-token", "stability"],
    breach: "Only the second token is empty.",
    wrap: sometimes(
      only(2),
      withJson(() => ({ token: "" })),
    ),
  },
  {
    id: "every-third-token-null",
    caughtBy: ["response-schema-conformance", "stability"],
    breach: "Every third token is null.",
    wrap: sometimes(
      every(3),
      withJson(() => ({ token: null })),
    ),
  },
  {
    id: "every-second-answer-html",
    caughtBy: ["content-type-conformance", "stability"],
    breach: "Every second response is an HTML page, as from one bad machine behind a load balancer.",
    wrap: sometimes(every(2), (answer) =>
      withHeader(withBody(answer, "<p>Hello</p>"), "content-type", "text/html"),
    ),
  },
  {
    id: "every-second-answer-created",
    caughtBy: ["status-code-conformance", "stability"],
    breach: "Every second create is answered 201.",
    wrap: sometimes(every(2), (answer) => ({ ...answer, status: 201 })),
  },
  {
    id: "every-second-create-refused",
    caughtBy: ["positive-data-acceptance", "stability"],
    breach: "Every second good create is refused.",
    wrap: sometimes(every(2), (answer) => ({ ...withBody(answer, '{"detail":"no"}'), status: 422 })),
  },
  {
    id: "every-second-unknown-type-accepted",
    caughtBy: ["negative-data-rejection", "stability"],
    breach: "Every second unknown type is accepted.",
    wrap: sometimesLenient(
      every(2),
      (request) => !isDocumentedType(requestedType(request)) && keyOf(request) !== undefined,
      (request) => withType(request, "realtime_scribe"),
    ),
  },
  {
    id: "second-missing-key-accepted",
    caughtBy: ["missing-required-header", "negative-data-rejection", "ignored-auth", "stability"],
    breach: "The second create without a key is accepted.",
    wrap: sometimesLenient(
      only(2),
      (request) => keyOf(request) === undefined && isDocumentedType(requestedType(request)),
      (request) => withKey(request),
    ),
  },
];
