import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sleep } from "./sleep.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("waits as long as asked", async () => {
  let isOver = false;
  const nap = sleep(1000, new AbortController().signal).then(() => {
    isOver = true;
  });
  await vi.advanceTimersByTimeAsync(999);
  expect(isOver).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await nap;
});

test("stops waiting when the signal fires, and leaves no timer", async () => {
  const controller = new AbortController();
  const nap = sleep(60_000, controller.signal);
  controller.abort();
  await nap;
  expect(vi.getTimerCount()).toBe(0);
});
