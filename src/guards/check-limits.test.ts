import { expect, test } from "vitest";
import { checkLimits } from "./check-limits.ts";

test.each([
  [0.001, 0],
  [30, 2],
  [Number.POSITIVE_INFINITY, 100],
])("takes %d s and %d retries", (timeoutInSeconds, maxRetries) => {
  expect(() => checkLimits(timeoutInSeconds, maxRetries)).not.toThrow();
});

test.each([
  [0, 2],
  [-1, 2],
  [Number.NaN, 2],
  [30, -1],
  [30, Number.NaN],
])("refuses %d s and %d retries", (timeoutInSeconds, maxRetries) => {
  expect(() => checkLimits(timeoutInSeconds, maxRetries)).toThrow(
    expect.objectContaining({
      code: "invalid_configuration",
      message: "timeoutInSeconds must be > 0 and maxRetries >= 0.",
    }),
  );
});
