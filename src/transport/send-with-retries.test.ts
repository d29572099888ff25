import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sendWithRetries } from "./send-with-retries.ts";
// It is loaded at the first wait, for which no simulated clock would wait.
import "./wait-for-retry.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Sends the given answers in turn, the last one again and again, and tells when each was asked for. */
async function run(
  answers: readonly (() => Response | Promise<Response>)[],
  { maxRetries = 2, deadlineIn = 300_000, signal = new AbortController().signal } = {},
) {
  const start = Date.now();
  const sentAt: number[] = [];
  const log: string[] = [];
  const outcome = sendWithRetries(
    async () => {
      sentAt.push(Date.now() - start);
      const answer = answers[Math.min(sentAt.length, answers.length) - 1];
      return (answer ?? Response.error)();
    },
    signal,
    maxRetries,
    start + deadlineIn,
    (level, message) => log.push(`${level} ${message}`),
  ).then(
    ({ status }) => status,
    (error: unknown) => error,
  );
  await vi.runAllTimersAsync();
  return { outcome: await outcome, sentAt, log };
}

const status =
  (code: number, headers: Record<string, string> = {}) =>
  () =>
    new Response("body", { status: code, headers });

const refused = (): never => {
  throw new TypeError("fetch failed");
};

test.each([408, 429, 500, 502, 503, 504])("asks again after %i and hands on the success", async (code) => {
  expect(await run([status(code), status(code), status(200)])).toMatchObject({
    outcome: 200,
    sentAt: [0, 1000, 3000],
  });
});

test.each([200, 201, 301, 400, 401, 403, 404, 409, 422])("hands on %i at once", async (code) => {
  expect(await run([status(code)])).toMatchObject({ outcome: code, sentAt: [0], log: [] });
});

test("waits 1, 2 and 4 seconds", async () => {
  expect((await run([status(500)], { maxRetries: 3 })).sentAt).toEqual([0, 1000, 3000, 7000]);
});

test.each([
  [0, [0]],
  [1, [0, 1000]],
  [2, [0, 1000, 3000]],
])("with maxRetries %i sends at %j and hands on the last answer", async (maxRetries, sentAt) => {
  expect(await run([status(503)], { maxRetries })).toMatchObject({ outcome: 503, sentAt });
});

test("asks again when there was no answer, and throws what the last attempt threw", async () => {
  expect(await run([refused, status(200)])).toMatchObject({ outcome: 200, sentAt: [0, 1000] });
  const { outcome, sentAt } = await run([refused]);
  expect(outcome).toEqual(new TypeError("fetch failed"));
  expect(sentAt).toEqual([0, 1000, 3000]);
});

test.each([
  [{ "retry-after": "5" }, 5000],
  [{ "retry-after": "0" }, 0],
  [{ "retry-after": "120" }, 120_000],
  [{ "retry-after": "later" }, 1000],
])("waits as %j says", async (headers, delay) => {
  expect((await run([status(429, headers), status(200)])).sentAt).toEqual([0, delay]);
});

test("waits for a date and for a rate limit's reset", async () => {
  const at = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3000);
  const byDate = await run([status(503, { "retry-after": at.toUTCString() }), status(200)]);
  expect(byDate.sentAt[1]).toBeGreaterThanOrEqual(3000);
  expect(byDate.sentAt[1]).toBeLessThanOrEqual(4000);
  const reset = `${Math.ceil(Date.now() / 1000) + 3}`;
  const byReset = await run([status(429, { "x-ratelimit-reset": reset }), status(200)]);
  expect(byReset.sentAt[1]).toBeGreaterThanOrEqual(3000);
  expect(byReset.sentAt[1]).toBeLessThanOrEqual(4400);
});

test("hands on the failure at once when the wait would outlast the deadline", async () => {
  expect(await run([status(429, { "retry-after": "30" })], { deadlineIn: 30_000 })).toMatchObject({
    outcome: 429,
    sentAt: [0],
  });
  expect(await run([status(500)], { deadlineIn: 2500 })).toMatchObject({ outcome: 500, sentAt: [0, 1000] });
});

test("says what it waits for", async () => {
  const { log } = await run([status(503), refused, status(200)]);
  expect(log).toEqual(["warn Attempt 1: 503; next in 1000 ms", "warn Attempt 2: no answer; next in 2000 ms"]);
});

test("stops waiting when the signal fires", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error("enough")), 1500);
  const { outcome, sentAt } = await run([status(500)], { signal: controller.signal });
  expect(outcome).toEqual(new Error("enough"));
  expect(sentAt).toEqual([0, 1000]);
});

test("doesn't ask again when the failure is the signal's", async () => {
  const controller = new AbortController();
  const abort = (): never => {
    controller.abort(new Error("enough"));
    return refused();
  };
  const { outcome, sentAt } = await run([abort], { signal: controller.signal });
  expect(outcome).toEqual(new Error("enough"));
  expect(sentAt).toEqual([0]);
});

test("sends nothing any more when the signal has fired", async () => {
  const { outcome, sentAt } = await run([status(200)], { signal: AbortSignal.abort(new Error("enough")) });
  expect(outcome).toEqual(new Error("enough"));
  expect(sentAt).toEqual([]);
});

test("asks again after an answer without a body", async () => {
  const bodiless = (): Response => new Response(null, { status: 503 });
  expect((await run([bodiless, status(200)])).outcome).toBe(200);
});

test("receives a failed answer to its end, so that nothing of it is refused", async () => {
  const seen: string[] = [];
  let left = 3;
  const failed = (): Response =>
    new Response(
      new ReadableStream({
        pull(controller) {
          if (left-- > 0) controller.enqueue(Uint8Array.of(120));
          else {
            seen.push("received");
            controller.close();
          }
        },
        cancel() {
          seen.push("refused");
        },
      }),
      { status: 500 },
    );
  await run([failed, status(200)]);
  expect(seen).toEqual(["received"]);
});

test("receives a failed answer during the wait, and lets go of one that has no end", async () => {
  let isCancelled = false;
  const endless = (): Response =>
    new Response(
      new ReadableStream({
        cancel() {
          isCancelled = true;
        },
      }),
      { status: 500 },
    );
  expect((await run([endless, status(200)])).outcome).toBe(200);
  expect(isCancelled).toBe(true);
});
