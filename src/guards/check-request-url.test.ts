import { expect, test } from "vitest";
import { checkRequestUrl } from "./check-request-url.ts";

test.each([
  "/v1/things",
  "/v1/things/a.b/..c?next=/../x",
  "/v1/things#..",
  "/v1/a.",
  "/v1/a%2e",
  "/v1/.a",
  "/v1//x",
  "/",
])("takes %j", (url) => {
  expect(() => checkRequestUrl(url)).not.toThrow();
});

test.each([
  "",
  "v1",
  "https://other.example/v1",
  "/v1/{id}",
  "/v1/}",
  "/v1/../x",
  "/..",
  "/v1/.",
  "/v1/%2e%2E",
  "/v1/.%2e/x",
  "/v1\\..",
])("refuses %j", (url) => {
  expect(() => checkRequestUrl(url)).toThrow(
    expect.objectContaining({
      code: "invalid_argument",
      message: expect.stringContaining("every parameter filled in"),
    }),
  );
});
