import { expect, it } from "vitest";
import { closingQuote } from "./closing-quote.ts";
import { jsonTokens } from "./json-tokens.ts";
import { namedValues } from "./named-values.ts";
import { sensitiveNames } from "./sensitive-names.ts";

it.each([
  ['"a" "b"', 2],
  ['"a\\"b" "', 5],
  ['"a\\\\" "', 4],
  ['"\\\\\\""', 5],
  ['"cut', 4],
  ['"cut\\"', 6],
])("the string that %s begins with has its closing quotation mark at %d", (text, end) => {
  expect(closingQuote(text, 0)).toBe(end);
});

it.each(["a", "\\n", "\\na", '\\"', "\\\\"])("a string of millions of %s is read as one token", (unit) => {
  const text = `{"key":"${unit.repeat(5_000_000 / unit.length)}"}`;
  expect([...jsonTokens(text)].map(({ start, end }) => [start, end])).toEqual([
    [1, 6],
    [7, text.length - 1],
  ]);
});

it.each(['{"password":"UNIT"}', '{"password":"UNIT', '{"password": ["a", "UNIT'])(
  "a secret of megabytes is found in %s",
  (form) => {
    const secret = "\\na".repeat(1_500_000);
    const values = namedValues(form.replace("UNIT", secret), sensitiveNames()).map(({ value }) => value);
    expect(values.some((value) => value.length >= 3_000_000)).toBe(true);
  },
);
