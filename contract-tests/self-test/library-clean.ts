import { alterAnswer, withBody, withHeader, withJson, withoutHeader } from "../../src/simulator/alter.ts";
import type { CleanVariation } from "../../src/simulator/handler.ts";
import { answering } from "./library-provider.ts";

/** What the library's contract leaves to the library. */
export const libraryCleanVariations: readonly (CleanVariation & {
  readonly operations: readonly string[];
})[] = [
  {
    id: "head-answered-like-get",
    operations: ["GET /status", "GET /books/{isbn}"],
    why: "A server that supports GET supports HEAD (RFC 9110 section 9.1).",
    wrap: (next) => async (request) => {
      if (request.method !== "HEAD") return next(request);
      const answer = await next({ ...request, method: "GET" });
      return answer.status === 405 ? next(request) : { ...answer, body: "" };
    },
  },
  {
    id: "optional-header-left-out",
    operations: ["GET /books"],
    why: "X-Cache is documented as optional.",
    wrap: alterAnswer(answering("GET /books"), (answer) => withoutHeader(answer, "x-cache")),
  },
  {
    id: "optional-properties-left-out",
    operations: ["POST /members"],
    why: "Only what is required must be sent.",
    wrap: alterAnswer(
      answering("POST /members"),
      withJson((member) => {
        const { id, kind, email, nickname } = Object(member);
        return { id, kind, email, nickname };
      }),
    ),
  },
  {
    id: "events-with-comments",
    operations: ["GET /events"],
    why: "A stream may have comments, any line end, and events without data (WHATWG HTML section 9.2).",
    wrap: alterAnswer(answering("GET /events"), (answer) =>
      withBody(answer, ": hello\r\n\r\nid: 1\r\ndata: a\r\ndata: b\r\n\r\nevent: ping\n\n: bye"),
    ),
  },
  {
    id: "other-branch-sent",
    operations: ["GET /books/{isbn}"],
    why: "A book may come in any of the documented formats.",
    wrap: alterAnswer(
      answering("GET /books/{isbn}"),
      withJson((book) => ({ ...Object(book), format: { kind: "digital", size_bytes: 1, drm: true } })),
    ),
  },
  {
    id: "values-at-their-bounds",
    operations: ["GET /books/{isbn}"],
    why: "A bound belongs to what it bounds.",
    wrap: alterAnswer(
      answering("GET /books/{isbn}"),
      withJson((book) => ({
        ...Object(book),
        year: 1450,
        rating: 5,
        price: 9999.99,
        title: "x".repeat(120),
      })),
    ),
  },
  {
    id: "integer-written-as-decimal",
    operations: ["POST /members"],
    why: "1.0 is an integer to JSON Schema (2020-12 section 6.1.1).",
    wrap: alterAnswer(answering("POST /members"), (answer) =>
      withBody(answer, String(answer.body).replace('"id":41', '"id":41.0')),
    ),
  },
  {
    id: "deep-recursion",
    operations: ["GET /shelves/{position}"],
    why: "A recursive schema has no depth of its own.",
    wrap: alterAnswer(
      answering("GET /shelves/{position}"),
      withJson((shelf) =>
        Array.from({ length: 40 }).reduce((inner) => ({ name: "s", books: 0, shelves: [inner] }), shelf),
      ),
    ),
  },
  {
    id: "other-documented-refusal",
    operations: ["GET /books/{isbn}"],
    why: "A missing book may be told by the documented 404.",
    wrap: alterAnswer(answering("GET /books/{isbn}", 400), (answer) => ({
      ...withBody(answer, '{"type":"/problems/missing","title":"No such book","status":404}'),
      status: 404,
    })),
  },
  {
    id: "success-of-the-range-202",
    operations: ["POST /loans"],
    why: "2XX documents every success of a loan.",
    wrap: alterAnswer(answering("POST /loans"), (answer) => ({ ...answer, status: 202 })),
  },
  {
    id: "undocumented-header-of-documented-kind",
    operations: ["GET /books"],
    why: "A Retry-After or Link may be sent though it isn't listed.",
    wrap: alterAnswer(answering("GET /books"), (answer) =>
      withHeader(answer, "link", '</books?page=3>; rel="next"'),
    ),
  },
  {
    id: "text-with-charset-in-other-charset",
    operations: ["GET /floors/{floor}"],
    why: "Text may be in any charset that it names.",
    wrap: alterAnswer(answering("GET /floors/{floor}"), (answer) =>
      withHeader(
        withBody(answer, Buffer.from("Caf\u00e9 open daily", "latin1")),
        "content-type",
        "text/plain; charset=iso-8859-1",
      ),
    ),
  },
];
