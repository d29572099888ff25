import { expect, test } from "vitest";
import { createRedactor } from "./create-redactor.ts";
import { redactBody } from "./redact-body.ts";

const redact = createRedactor("canary-key");

test.each([
  ["text", "<p>canary-key</p>", "<p>[REDACTED]</p>"],
  ["a value", '{"detail":"no canary-key"}', '{"detail":"no [REDACTED]"}'],
  ["an escaped value", '{"detail":["\\u0063anary-key"]}', '{"detail":["[REDACTED]"]}'],
  ["a member's name", '{"canary-key":1}', '{"[REDACTED]":1}'],
  ["a member named token", '{"token":"plain"}', '{"token":"[REDACTED]"}'],
  [
    "a member named for a key",
    '{"a":{"xi-api-key":"plain","apiKey":"plain"}}',
    '{"a":{"xi-api-key":"[REDACTED]","apiKey":"[REDACTED]"}}',
  ],
  ["a header", '{"Authorization":"Bearer plain"}', '{"Authorization":"[REDACTED]"}'],
])("redacts %s", (_, text, wanted) => {
  expect(redactBody(text, redact)).toBe(wanted);
});

test("leaves what isn't secret, numbers and structure included", () => {
  const text = '{"detail":[{"type":"enum","loc":["path","token_type"],"ctx":null}],"tokens":5}';
  expect(redactBody(text, redact)).toBe(text);
  expect(redactBody("not { json", redact)).toBe("not { json");
});

test.each([
  ["in a list", '{"token":["plain"]}', '{"token":"[REDACTED]"}'],
  ["in an object", '{"token":{"value":"plain"}}', '{"token":"[REDACTED]"}'],
  [
    "60 lists deep",
    `${"[".repeat(60)}"canary-key"${"]".repeat(60)}`,
    `${"[".repeat(60)}"[REDACTED]"${"]".repeat(60)}`,
  ],
])("redacts a secret %s", (_, text, wanted) => {
  expect(redactBody(text, redact)).toBe(wanted);
});

test("redacts altogether what is nested too deep to be read", () => {
  const depth = 30_000;
  const text = `${'{"token":'.repeat(depth)}"plain"${"}".repeat(depth)}`;
  expect(redactBody(text, redact)).toBe("[REDACTED]");
});
