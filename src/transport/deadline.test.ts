import { getEventListeners } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiTimeoutError } from "../errors/api-timeout-error.ts";
import { caught } from "../testing/caught.ts";
import { withDeadline } from "./deadline.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const forever = (): Promise<never> => new Promise(() => {});

test("hands on what the work gives, and leaves no timer and no listener", async () => {
  const { signal } = new AbortController();
  await expect(withDeadline(1, signal, async () => "done")).resolves.toBe("done");
  await expect(withDeadline(1, signal, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(vi.getTimerCount()).toBe(0);
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

test("ends work that ignores its signal at the deadline, not before", async () => {
  let seen: AbortSignal | undefined;
  let isOver = false;
  const call = caught(
    withDeadline(1.5, undefined, (signal) => {
      seen = signal;
      return forever();
    }),
  ).finally(() => {
    isOver = true;
  });
  await vi.advanceTimersByTimeAsync(1499);
  expect([isOver, seen?.aborted]).toEqual([false, false]);
  await vi.advanceTimersByTimeAsync(1);
  const error = await call;
  expect(error).toBeInstanceOf(ApiTimeoutError);
  expect(error).toMatchObject({ code: "timeout", message: "No response within 1.5 s." });
  expect([seen?.aborted, seen?.reason]).toEqual([true, error]);
});

test("ends with the caller's signal, its reason as cause, and leaves no timer and no listener", async () => {
  const controller = new AbortController();
  let seen: AbortSignal | undefined;
  const call = caught(
    withDeadline(30, controller.signal, (signal) => {
      seen = signal;
      return forever();
    }),
  );
  controller.abort("closed tab");
  expect(await call).toMatchObject({ code: "aborted", cause: "closed tab" });
  expect(seen?.aborted).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
});

test("doesn't begin when the signal has fired already", async () => {
  const work = vi.fn(forever);
  const error = await caught(withDeadline(30, AbortSignal.abort(), work));
  expect(error).toMatchObject({ code: "aborted", message: "The call was aborted." });
  expect(work).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

test("takes a deadline beyond the longest timer for a very long one, not for none", async () => {
  const call = withDeadline(Number.POSITIVE_INFINITY, undefined, async () => {
    await new Promise((resolve) => setTimeout(resolve, 5000));
    return "done";
  });
  await vi.advanceTimersByTimeAsync(5000);
  await expect(call).resolves.toBe("done");
});
