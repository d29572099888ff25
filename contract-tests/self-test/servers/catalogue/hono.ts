import { bug, type RealServer } from "../real-server.ts";

export const hono: RealServer = {
  name: "hono",
  framework: "Hono 4 with @hono/zod-openapi",
  command: ["node", ".cache/hono/main.js"],
  sources: ["apps/hono/main.ts"],
  documentPath: "/openapi.json",
  credential: (token) => ["Authorization", `Bearer ${token}`],
  bugs: [
    bug("missing-token-accepted", "A request without a token is accepted.", "ignored-auth"),
    bug("invalid-answers-200", "Invalid data is answered 200.", "negative-data-rejection"),
    bug("hash-leaked", "The account's response contains the password's hash.", "response-schema-conformance"),
    bug("filter-ignored", "The section filter is ignored.", "filter-conformance"),
    bug("list-omits-new", "New articles aren't listed.", "listed-after-create"),
    bug(
      "list-shows-other-title",
      "The titles in the list differ from those of the articles.",
      "listed-after-create",
    ),
    bug("cursor-ignored", "The cursor is ignored.", "pagination-conformance"),
    bug("cursor-repeats-row", "Each page repeats the previous page's last row.", "pagination-conformance"),
    bug("limit-ignored", "The limit is ignored.", "pagination-conformance"),
    bug("tags-lost", "What is created loses its tags.", "read-after-write"),
    bug("create-delayed", "What is created can be read only a minute later.", "resource-availability"),
    bug("location-of-collection", "Location points to the collection.", "location-conformance"),
    bug("etag-missing", "ETag is missing.", "response-headers-conformance"),
    bug("read-adds-view", "Each read changes the article.", "method-semantics", "read-after-write"),
    bug("author-null", "A required property is null.", "response-schema-conformance"),
    bug("patch-wipes", "PATCH wipes what it doesn't mention.", "read-after-write"),
    bug("patch-changes-title", "PATCH stores a different title than was sent.", "read-after-write"),
    bug("patch-loses-date", "PATCH doesn't change the date.", "read-after-write"),
    bug("patch-lost", "PATCH pretends to succeed but changes nothing.", "read-after-write"),
    bug("delete-keeps", "DELETE deletes nothing.", "use-after-free"),
    bug("comment-escaped", "A comment is stored as markup.", "read-after-write"),
    bug("comments-of-all-articles", "An article lists other articles' comments.", "filter-conformance"),
    bug("comments-omit-last", "The newest comment isn't listed.", "listed-after-create"),
    bug("count-negative", "A count is negative.", "response-schema-conformance"),
    bug("upload-500", "Every upload gives 500.", "not-a-server-error"),
  ],
  trueFindings: [
    {
      reason: "@hono/zod-openapi ignores a body without a content type, and every member is optional.",
      ids: [
        "negative-data-rejection | PATCH /articles/{articleId} | /paths/~1articles~1{articleId}/patch/requestBody/required | accepted",
      ],
    },
  ],
};
