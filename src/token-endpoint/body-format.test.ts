import { expect, test } from "vitest";
import { bodyFormat } from "./body-format.ts";

test.each([
  ["application/json", null, "json"],
  ["Application/JSON; charset=UTF-8", null, "json"],
  ['application/json;charset="utf-8"', "identity", "json"],
  ["application/x-www-form-urlencoded;charset=utf-8", null, "form"],
  [null, null, undefined],
  ["", null, undefined],
  ["text/plain", null, undefined],
  ["application/json, text/plain", null, undefined],
  ["application/json; charset=utf-16", null, undefined],
  ["application/problem+json", null, undefined],
  ["multipart/form-data; boundary=x", null, undefined],
  ["constructor", null, undefined],
  ["application/json", "gzip", undefined],
])("Content-Type %j with Content-Encoding %j is read as %s", (type, encoding, format) => {
  expect(bodyFormat(type, encoding)).toBe(format);
});
