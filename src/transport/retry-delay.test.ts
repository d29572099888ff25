import { expect, test } from "vitest";
import { retryDelay } from "./retry-delay.ts";

const now = Date.UTC(2026, 0, 1);
const inSeconds = (seconds: number): string => new Date(now + seconds * 1000).toUTCString();
const epoch = (seconds: number): string => `${now / 1000 + seconds}`;

test.each([
  [0, 1000],
  [1, 2000],
  [2, 4000],
  [5, 32_000],
  [6, 60_000],
  [40, 60_000],
])("waits twice as long after each attempt: attempt %i, %i ms", (attempt, wanted) => {
  expect(retryDelay(attempt, undefined, now, 0.5)).toBe(wanted);
});

test.each([
  [0, 900],
  [0.25, 950],
  [0.999_999, 1100],
])("spreads the wait by a tenth either way: random %d, %d ms", (random, wanted) => {
  expect(retryDelay(0, new Headers(), now, random)).toBeCloseTo(wanted, 1);
});

test.each([
  ["seconds", "5", 5000],
  ["no wait", "0", 0],
  ["the longest wait", "60", 60_000],
  ["seconds beyond a minute", "120", 120_000],
  ["a date", inSeconds(3), 3000],
  ["a date beyond a minute", inSeconds(3600), 3_600_000],
  ["a date in the past, which is not believed", inSeconds(-3), 1000],
  ["this very second, which is not believed", inSeconds(0), 1000],
  ["a word, which is not believed", "soon", 1000],
  ["a negative number, which is not believed", "-1", 1000],
  ["an empty value, which is not believed", "", 1000],
  ["a number with a unit, which is not believed", "5s", 1000],
])("follows Retry-After with %s", (_, value, wanted) => {
  expect(retryDelay(0, new Headers({ "retry-after": value }), now, 0.5)).toBe(wanted);
});

test.each([
  ["in four seconds, up to a tenth later", epoch(4), 0.5, 4400],
  ["in four seconds, at the earliest", epoch(4), 0, 4000],
  ["beyond a minute", epoch(3600), 0, 3_600_000],
  ["in the past, which is not believed", epoch(-4), 0.5, 1000],
  ["now, which is not believed", epoch(0), 0.5, 1000],
  ["a word, which is not believed", "soon", 0.5, 1000],
])("follows X-RateLimit-Reset %s", (_, value, random, wanted) => {
  expect(retryDelay(0, new Headers({ "x-ratelimit-reset": value }), now, random)).toBeCloseTo(wanted, 6);
});

test("prefers Retry-After to X-RateLimit-Reset", () => {
  const headers = new Headers({ "retry-after": "2", "x-ratelimit-reset": epoch(9) });
  expect(retryDelay(0, headers, now, 0.5)).toBe(2000);
});
