import { expect, test } from "vitest";
import { createRedactor } from "../secrets/create-redactor.ts";
import { toAnswer } from "./answer.ts";

const redact = createRedactor("canary");
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const answer = (status: number, bytes: Uint8Array<ArrayBuffer> | undefined) =>
  toAnswer(new Response(null, { status }), bytes, redact);

test("gives a success as it came, as bytes and as text", () => {
  const bytes = bytesOf("canary \u20ac");
  expect(answer(200, bytes)).toMatchObject({ ok: true, status: 200, bytes, text: "canary \u20ac" });
});

test("redacts the text of an error", () => {
  expect(answer(401, bytesOf("no canary here"))).toMatchObject({ ok: false, text: "no [REDACTED] here" });
});

test.each([
  ["wrong bytes", Uint8Array.of(0x22, 0xff, 0x22)],
  ["half a character", Uint8Array.of(0x22, 0xe2, 0x82)],
  ["nothing that could be had", undefined],
])("has no text for %s", (_, bytes) => {
  expect(answer(200, bytes).text).toBeUndefined();
  expect(answer(500, bytes).text).toBeUndefined();
});

test("tells an empty text from none", () => {
  expect([answer(200, bytesOf("")).text, answer(500, bytesOf("")).text]).toEqual(["", ""]);
});
