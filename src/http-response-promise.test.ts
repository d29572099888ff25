import { inspect } from "node:util";
import { expect, test, vi } from "vitest";
import { HttpResponsePromise } from "./http-response-promise.ts";

// Only the data matters here.
const result = { data: { token: "canary-token" }, rawResponse: () => ({ status: 200 }) as never };
const resolved = () => new HttpResponsePromise(Promise.resolve(result));
const rejected = () => new HttpResponsePromise(Promise.reject(new Error("no")));

test("resolves to the data, and to data and response when asked", async () => {
  const promise = resolved();
  expect(promise).toBeInstanceOf(Promise);
  expect(await promise).toEqual({ token: "canary-token" });
  expect(await promise.withRawResponse()).toEqual({ data: result.data, rawResponse: { status: 200 } });
  expect(await Promise.all([promise, promise.then(({ token }) => token.length)])).toEqual([result.data, 12]);
});

test("rejects through then, catch, finally and await", async () => {
  await expect(rejected()).rejects.toThrow("no");
  await expect(rejected().withRawResponse()).rejects.toThrow("no");
  expect(await rejected().catch(() => "caught")).toBe("caught");
  expect(await rejected().then(undefined, () => "caught")).toBe("caught");
  const ended = vi.fn();
  await expect(rejected().finally(ended)).rejects.toThrow("no");
  expect(await resolved().finally(ended)).toEqual(result.data);
  expect(ended).toHaveBeenCalledTimes(2);
});

test("shows no token when inspected", async () => {
  const promise = resolved();
  await promise;
  expect(inspect(promise, { depth: 9, showHidden: true })).not.toContain("canary-token");
  expect(JSON.stringify(promise)).toBe("{}");
});
