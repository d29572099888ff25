import { expect, test } from "vitest";
import { writeBody } from "./write-body.ts";

test("writes JSON where no media type is documented", () => {
  expect(writeBody([1], undefined)).toEqual({ body: "[1]", headers: { "content-type": "application/json" } });
});

test.each(["application/json", "application/problem+json; charset=utf-8"])(
  "writes JSON as %s",
  (mediaType) => {
    expect(writeBody({ a: [1] }, mediaType)).toEqual({
      body: '{"a":[1]}',
      headers: { "content-type": mediaType },
    });
  },
);

test("leaves bytes as they are and names their media type", () => {
  const bytes = new Blob(["a"]);
  const { body, headers } = writeBody(bytes, "application/octet-stream");
  expect(body).toBe(bytes);
  expect(headers).toEqual({ "content-type": "application/octet-stream" });
});

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
