import { expect, test } from "vitest";
import { writePathArgument } from "./write-path-argument.ts";

test.each([
  ["en-US", "en-US"],
  ["mp3_44100_128", "mp3_44100_128"],
  ["2024", "2024"],
  [2024, "2024"],
  [0, "0"],
  [false, "false"],
  ["a/b", "a%2Fb"],
  ["..a", "..a"],
  ["...", "..."],
  ["%2e%2e", "%252e%252e"],
  ["x?y#z", "x%3Fy%23z"],
  [" ", "%20"],
  ["\u00e9\u20ac", "%C3%A9%E2%82%AC"],
  [["a", "b,c", 3], "a,b%2Cc,3"],
  [new Date(Date.UTC(2026, 0, 2)), "2026-01-02T00%3A00%3A00.000Z"],
])("writes %j as %s", (value, wanted) => {
  expect(writePathArgument("name", value)).toBe(wanted);
});

test.each(["", ".", "..", undefined, null, [], [""], ["."], [".."]].map((value) => [value]))(
  "refuses %j, which would leave the path",
  (value) => {
    expect(() => writePathArgument("name", value)).toThrow(
      expect.objectContaining({ code: "invalid_argument", message: "name can't be empty or dots." }),
    );
  },
);
