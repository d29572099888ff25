import { expect, test } from "vitest";
import { median, withSpread } from "./statistics.ts";

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2],
  [[5], 5],
])("finds the middle of %j", (values, wanted) => {
  expect(median(values)).toBe(wanted);
});

test("writes the middle with what it lies between", () => {
  expect(withSpread([0.91, 0.876, 0.95], 2)).toBe("0.91 (0.88–0.95)");
});
