import { expect, test } from "vitest";
import { writeBody } from "./write-body.ts";

test("writes JSON where no media type is documented", () => {
  expect(writeBody([1], undefined)).toEqual({ body: "[1]", headers: { "content-type": "application/json" } });
});

test.each(["application/json", "application/problem+json; charset=utf-8", "application/platform+json"])(
  "writes JSON as %s",
  (mediaType) => {
    expect(writeBody({ a: [1] }, mediaType)).toEqual({
      body: '{"a":[1]}',
      headers: { "content-type": mediaType },
    });
  },
);

test.each(["application/octet-stream", "application/x-format", "application/jsonl"])(
  "leaves bytes as they are and names %s",
  (mediaType) => {
    const bytes = new Blob(["a"]);
    const { body, headers } = writeBody(bytes, mediaType);
    expect(body).toBe(bytes);
    expect(headers).toEqual({ "content-type": mediaType });
  },
);

test.each([
  ["multipart/form-data", new FormData()],
  ["application/x-www-form-urlencoded", new URLSearchParams({ a: "1" })],
])("lets the platform name %s, whose boundary it chooses", (mediaType, form) => {
  const { body, headers } = writeBody(form, mediaType);
  expect(body).toBe(form);
  expect(headers).toBeUndefined();
});

test("without a body names none", () => {
  expect(writeBody(undefined, "application/json")).toEqual({ body: undefined });
  expect(writeBody(undefined, undefined)).toEqual({ body: undefined });
});
