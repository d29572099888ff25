import { expect, test } from "vitest";
import { requestedTokenType } from "./requested-token-type.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test.each([
  ["json", '{"token_type":"a"}', { tokenType: "a" }],
  ["json", '{"token_type":"a","more":1}', { tokenType: "a" }],
  ["json", '{"token_type":["a"]}', { tokenType: ["a"] }],
  ["json", '{"tokenType":"a"}', { tokenType: undefined }],
  ["json", '{"__proto__":{"token_type":"a"}}', { tokenType: undefined }],
  ["json", "null", { tokenType: undefined }],
  ["json", "[]", { tokenType: undefined }],
  ["json", '"a"', { tokenType: undefined }],
  ["json", "", { failed: "bad-request" }],
  ["json", '{"token_type":"a"', { failed: "bad-request" }],
  ["json", '{"token_type":"a"} {}', { failed: "bad-request" }],
  ["form", "token_type=a", { tokenType: "a" }],
  ["form", "x=1&token_type=a%5Fb", { tokenType: "a_b" }],
  ["form", "", { tokenType: undefined }],
  ["form", "token_type=a&token_type=b", { failed: "bad-request" }],
] as const)("%s %s", (format, text, expected) => {
  expect(requestedTokenType(format, bytes(text))).toEqual(expected);
});

test("bytes that aren't UTF-8 are refused", () => {
  const broken = new Uint8Array([...bytes('{"token_type":"'), 0xff, ...bytes('"}')]);
  expect(requestedTokenType("json", broken)).toEqual({ failed: "bad-request" });
});
