import { expect, test } from "vitest";
import { answerForm } from "./answer-form.ts";

const plain = { isBinary: false, isString: false, isStreamed: false };
const binary = { ...plain, isBinary: true, isString: true };

test.each([
  ["application/json", plain, "json"],
  ["application/json; charset=utf-8", plain, "json"],
  ["application/problem+json", plain, "json"],
  ["text/json", plain, "json"],
  ["application/json-seq", plain, "sequence"],
  ["application/geo+json-seq", plain, "sequence"],
  ["application/x-ndjson", plain, "lines"],
  ["application/jsonl", plain, "lines"],
  ["application/x-jsonlines", plain, "lines"],
  ["text/event-stream", plain, "events"],
  ["text/event-stream; charset=utf-8", { ...plain, isString: true }, "event-texts"],
  ["text/event-stream", binary, "stream"],
  ["text/plain", plain, "text"],
  ["text/csv", plain, "text"],
  ["application/xml", plain, "text"],
  ["image/svg+xml", plain, "text"],
  ["text/plain", binary, "bytes"],
  ["audio/mpeg", plain, "bytes"],
  ["application/octet-stream", binary, "bytes"],
  ["application/octet-stream", { ...binary, isStreamed: true }, "stream"],
  ["audio/*", plain, "bytes"],
  ["application/jsonp", plain, "bytes"],
])("reads %s with %j as %s", (mediaType, schema, form) => {
  expect(answerForm(mediaType, schema)).toBe(form);
});
