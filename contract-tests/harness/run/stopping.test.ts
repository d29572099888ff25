import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { Stopping } from "./stopping.ts";

test("ends in time, even if unreferenced objects are garbage-collected meanwhile", async () => {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const stopping = new Stopping(new AbortController().signal, 60);
  await sleep(10);
  collect();
  await sleep(200);
  expect(stopping.stopped).toMatchObject({ by: "max-time" });
});

test("says first that its caller stopped it", () => {
  const caller = new AbortController();
  const stopping = new Stopping(caller.signal, undefined);
  expect(stopping.stopped).toBeUndefined();
  caller.abort();
  expect(stopping.stopped).toEqual({ by: "caller", reason: "the run was stopped" });
});
