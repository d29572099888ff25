import { expect, test } from "vitest";
import { InputError } from "./input-error.ts";
import { printable } from "./printable.ts";

test("ordinary text stays as it is, in any script", () => {
  const text = 'page.md:3: the $ref "#/components/schemas/Größe" → 名前 leads nowhere.';
  expect(printable(text)).toBe(text);
});

test.each([
  ["a line break", "a\nb", "a\\nb"],
  ["an escape sequence", "\u001b[31mred", "\\u001b[31mred"],
  ["a mark that turns the direction", "a\u202eb", "a\\u202eb"],
  ["a line separator", "a\u2028b", "a\\u2028b"],
])("%s is written as an escape", (_, text, shown) => expect(printable(text)).toBe(shown));

test("a word without end is cut", () => expect(printable("x".repeat(100_000)).length).toBeLessThan(500));

test("an error about what was given is one line, whatever was given", () => {
  expect(new InputError("no\n::error::such file \u001b[2J").message).toBe(
    "no\\n::error::such file \\u001b[2J",
  );
});
