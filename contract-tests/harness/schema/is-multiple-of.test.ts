import fc from "fast-check";
import { expect, it } from "vitest";
import { isMultipleOf } from "./is-multiple-of.ts";

it.each([
  [19.99, 0.01, true],
  [0.3, 0.1, true],
  [3e-8, 1e-8, true],
  [2000000.13, 0.01, true],
  [1e308, 0.5, true],
  [-4.2, 0.1, true],
  [0, 0.7, true],
  [19.995, 0.01, false],
  [0.35, 0.1, false],
  [7, 2, false],
  [1, 3e-20, false],
  [1e-20, 1, false],
])("%d by %d: %s", (value, divisor, expected) => {
  expect(isMultipleOf(value, divisor)).toBe(expected);
});

it("holds for every price in cents, and for none with half a cent", () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), (cents) => {
      expect(isMultipleOf(Number(`${cents}e-2`), 0.01)).toBe(true);
      expect(isMultipleOf(Number(`${cents}5e-3`), 0.01)).toBe(false);
    }),
  );
});
