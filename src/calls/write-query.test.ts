import { expect, test } from "vitest";
import type { Style } from "./operation.ts";
import { writeQuery } from "./write-query.ts";

// The table of OpenAPI 3.1 §4.8.12.4 where it has the case; brackets are left as they are.
test.each<[string, Style | undefined, object, string]>([
  ["a text", undefined, { a: "b c&d" }, "a=b%20c%26d"],
  ["a number and a boolean", undefined, { a: 1, b: false }, "a=1&b=false"],
  ["a date", undefined, { at: new Date(0) }, "at=1970-01-01T00%3A00%3A00.000Z"],
  ["an empty text", undefined, { a: "" }, "a="],
  ["nothing", undefined, { a: undefined, b: null }, ""],
  ["a list", undefined, { c: ["blue", "black"] }, "c=blue&c=black"],
  ["an empty list", undefined, { c: [] }, ""],
  ["a list with nothing in it", undefined, { c: [null, undefined, "x"] }, "c=x"],
  ["an object", undefined, { c: { R: 100, G: 200 } }, "R=100&G=200"],
  ["a list in form", { style: "form", explode: false }, { c: ["a,b", "c"] }, "c=a%2Cb,c"],
  ["an object in form", { style: "form", explode: false }, { c: { R: 100, G: 200 } }, "c=R,100,G,200"],
  ["a list apart by blanks", { style: "spaceDelimited", explode: false }, { c: ["a", "b"] }, "c=a%20b"],
  ["a list apart by pipes", { style: "pipeDelimited", explode: false }, { c: ["a", "b"] }, "c=a%7Cb"],
  [
    "an object as deepObject",
    { style: "deepObject", explode: true },
    { c: { R: 100, G: "x y" } },
    "c[R]=100&c[G]=x%20y",
  ],
  ["deeper objects", { style: "deepObject" }, { c: { a: { b: 1 }, l: [1, 2] } }, "c[a][b]=1&c[l]=1&c[l]=2"],
  ["an object in a list, as JSON", undefined, { c: [{ a: 1 }] }, `c=${encodeURIComponent('{"a":1}')}`],
])("writes %s", (_, style, parameters, wanted) => {
  expect(writeQuery(parameters, () => style)).toBe(wanted);
});
