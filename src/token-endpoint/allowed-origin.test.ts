import { expect, test } from "vitest";
import { allowedOrigin } from "./allowed-origin.ts";

const allowed = ["https://app.example", "http://localhost:3000"];

test.each(allowed)("allows %s as listed", (origin) => {
  expect(allowedOrigin(new Headers({ origin }), allowed)).toEqual({ kind: "allowed", origin });
});

test.each([
  "null",
  "",
  "*",
  "http://app.example",
  "https://app.example:8443",
  "https://app.example/",
  "https://APP.example",
  "https://app.example.evil.test",
  "https://evil.test/https://app.example",
  "https://notapp.example",
  "https://app.example, https://evil.test",
  "https://app.example https://evil.test",
])("refuses %j", (origin) => {
  expect(allowedOrigin(new Headers({ origin }), allowed)).toEqual({ kind: "refused" });
});

test("distinguishes a request without the header", () => {
  expect(allowedOrigin(new Headers(), allowed)).toEqual({ kind: "no-origin" });
  expect(allowedOrigin(new Headers({ "sec-fetch-site": "same-origin" }), allowed)).toEqual({
    kind: "no-origin",
  });
  expect(allowedOrigin(new Headers({ "sec-fetch-site": "cross-site" }), allowed)).toEqual({
    kind: "refused",
  });
});
