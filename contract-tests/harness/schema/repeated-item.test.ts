import { expect, it } from "vitest";
import { repeatedItem } from "./repeated-item.ts";

it.each([
  [
    [1, 2, 1],
    [0, 2],
  ],
  [[1, "1", true, "true", null, "null", [], {}, "[]"], undefined],
  [
    [
      { a: 1, b: [2] },
      { b: [2], a: 1 },
    ],
    [0, 1],
  ],
  [[{ a: 1 }, { a: "1" }, { a: [1] }], undefined],
  [
    [0, -0],
    [0, 1],
  ],
  [[["a,b"], ["a", "b"]], undefined],
  [[{ 'a":1,"b': 2 }, { a: 1, b: 2 }], undefined],
  [[], undefined],
])("finds in %j the repeated items %j", (items, expected) => {
  expect(repeatedItem(items)).toEqual(expected);
});

it("compares large integers exactly", () => {
  expect(repeatedItem([2n ** 70n, 2n ** 70n + 1n])).toBeUndefined();
  expect(repeatedItem([2n ** 70n, 2n ** 70n])).toEqual([0, 1]);
});

it("takes time in step with the list's length", () => {
  const items = Array.from({ length: 50_000 }, (_, index) => ({ id: index, tags: [index] }));
  const start = performance.now();
  expect(repeatedItem(items)).toBeUndefined();
  expect(performance.now() - start).toBeLessThan(3_000);
});
