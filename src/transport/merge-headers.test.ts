import { expect, test } from "vitest";
import type { HeaderOptions } from "../client-options.ts";
import { caught } from "../testing/caught.ts";
import { mergeHeaders } from "./merge-headers.ts";

const merged = async (...sources: (HeaderOptions | undefined)[]): Promise<Record<string, string>> => {
  const headers = new Headers();
  await mergeHeaders(headers, ...sources);
  return Object.fromEntries(headers);
};

test("lets later sources win, whatever the case of the name", async () => {
  expect(await merged({ "X-One": "1", "x-two": "2" }, undefined, { "x-one": "3" })).toEqual({
    "x-one": "3",
    "x-two": "2",
  });
});

test("asks functions, synchronous or not", async () => {
  expect(await merged({ a: () => "1", b: async () => "2", c: Promise.resolve("3") })).toEqual({
    a: "1",
    b: "2",
    c: "3",
  });
});

test("takes a header away for null and leaves it for undefined", async () => {
  const first = { a: "1", b: "2", c: "3" };
  expect(await merged(first, { a: null, b: undefined, c: () => null })).toEqual({ b: "2" });
});

test.each([
  ["x-bad", "secret\nvalue"],
  ["x bad", "value"],
])("refuses the header %j without showing its value", async (name, value) => {
  const error = await caught(mergeHeaders(new Headers(), { [name]: value }));
  expect(error.code).toBe("invalid_configuration");
  expect(error.message).toBe(`The header "${name}" can't be sent.`);
});
