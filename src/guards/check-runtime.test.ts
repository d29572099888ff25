import { expect, test } from "vitest";
import { checkRuntime } from "./check-runtime.ts";

test.each([
  ["a page", { document: {} }],
  ["a worker", { importScripts: () => {} }],
])("refuses %s of a browser and names the way out", (_, scope) => {
  expect(() => checkRuntime(scope)).toThrow(
    expect.objectContaining({
      code: "invalid_configuration",
      message: expect.stringContaining("dangerouslyAllowBrowser"),
    }),
  );
});

test("lets a server pass", () => {
  expect(() => checkRuntime(globalThis)).not.toThrow();
});
