import { expect, test } from "vitest";
import type { Operation } from "../calls/operation.ts";
import { ApiError } from "../errors/api-error.ts";
import { createRedactor } from "../secrets/create-redactor.ts";
import { receive } from "./receive.ts";
import type { Receiving } from "./receive-whole.ts";

const operation: Operation = {
  method: "GET",
  path: "/",
  json: "200 application/json",
};

const receiving = (changes: Partial<Receiving> = {}): Receiving => ({
  operation,
  call: undefined,
  validation: undefined,
  limits: { seconds: 1, maxBytes: undefined, abortSignal: undefined },
  failed: (code, message) => new ApiError({ code, message }),
  warn: () => {},
  redact: createRedactor("canary"),
  ...changes,
});

const answer = (status: number, body: BodyInit | null) =>
  receive(new Response(body, { status }), receiving());

test("gives a success as it came, as bytes and as text", async () => {
  const { ok, status, bytes, text } = await answer(200, "canary \u20ac");
  expect([ok, status, text()]).toEqual([true, 200, "canary \u20ac"]);
  expect(bytes).toEqual(new TextEncoder().encode("canary \u20ac"));
});

test("redacts the text of an error", async () => {
  const { ok, text } = await answer(401, "no canary here");
  expect([ok, text()]).toEqual([false, "no [REDACTED] here"]);
});

test.each([
  ["wrong bytes", Uint8Array.of(0x22, 0xff, 0x22)],
  ["half a character", Uint8Array.of(0x22, 0xe2, 0x82)],
])("has no text for %s", async (_, bytes) => {
  expect((await answer(200, bytes)).text()).toBeUndefined();
  expect((await answer(500, bytes)).text()).toBeUndefined();
});

test("distinguishes an empty text from none", async () => {
  expect([(await answer(200, null)).text(), (await answer(500, null)).text()]).toEqual(["", ""]);
});

test.each([
  ["JSON", { 200: { "application/json": "json" } }, 2 ** 24],
  ["text", { 200: { "text/plain": "text" } }, 2 ** 24],
  ["bytes", { 200: { "audio/mpeg": "bytes" } }, 2 ** 28],
] as const)("reads %s up to its limit and not a byte more", async (_, answers, limit) => {
  const mebibyte = new Uint8Array(2 ** 20);
  const body = (bytes: number) => {
    let left = bytes;
    return new ReadableStream<Uint8Array>({
      pull(controller) {
        if (left === 0) return controller.close();
        const chunk = mebibyte.subarray(0, Math.min(left, mebibyte.length));
        left -= chunk.length;
        controller.enqueue(chunk);
      },
    });
  };
  const own = receiving({ operation: { method: "GET", path: "/", answers } });
  expect((await receive(new Response(body(limit)), own)).bytes).toHaveLength(limit);
  await expect(receive(new Response(body(limit + 1)), own)).rejects.toMatchObject({
    code: "response_too_large",
    message: `The response is larger than ${limit} bytes.`,
  });
});

test("gives JSON as it comes where the call asks for a stream", async () => {
  const { bytes, source } = await receive(
    new Response('{"a":1}', { status: 200 }),
    receiving({ call: { asStream: true } }),
  );
  expect([bytes, source === undefined]).toEqual([undefined, false]);
});
