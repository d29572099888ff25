import { expect, test } from "vitest";
import { lineNotPrinted, shownOutput } from "./capture.ts";

const output = "run  seed 1\n✓ a  12 passed\n✓ b  3 passed\nconforms in 812 ms\n";

test("finds what is shown, whatever the numbers are", () => {
  expect(
    lineNotPrinted(["run  seed 1", "…", "✓ b  400 passed", "conforms in 1.2 s"], output),
  ).toBeUndefined();
});

test.each([
  ["another word", ["✓ a  12 failed"]],
  ["another order", ["✓ b  3 passed", "✓ a  12 passed"]],
  ["a line that isn't printed", ["run  seed 1", "✓ c  1 passed"]],
])("names a line with %s", (_, shown) => {
  expect(lineNotPrinted(shown, output)).toBe(shown.at(-1));
});

test("reads the first block of text", () => {
  expect(shownOutput("# A\n\n```sh\nx\n```\n\n```text\na\n…\nb\n```\n")).toEqual(["a", "…", "b"]);
  expect(shownOutput("# A\n")).toBeUndefined();
});
