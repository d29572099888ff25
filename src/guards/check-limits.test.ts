import { expect, test } from "vitest";
import { checkLimits } from "./check-limits.ts";

test.each([
  [0.001, 0],
  [30, 2],
  [1e9, 100],
])("takes %d s and %d retries", (timeoutInSeconds, maxRetries) => {
  expect(() => checkLimits(timeoutInSeconds, maxRetries)).not.toThrow();
});

test.each([
  [0, 2],
  [-1, 2],
  [Number.NaN, 2],
  [Number.POSITIVE_INFINITY, 2],
  [30, -1],
  [30, Number.NaN],
])("refuses %d s and %d retries", (timeoutInSeconds, maxRetries) => {
  expect(() => checkLimits(timeoutInSeconds, maxRetries)).toThrow(
    expect.objectContaining({
      code: "invalid_configuration",
      message: "timeoutInSeconds must be > 0 and finite, maxRetries and maxResponseBytes >= 0.",
    }),
  );
});

test.each([-1, Number.NaN])("refuses a limit of %d bytes", (bytes) => {
  expect(() => checkLimits(1, 0, bytes)).toThrow("maxResponseBytes >= 0");
});
