import { expect, test } from "vitest";
import type { Change, ContractDiff } from "./change.ts";
import { formatMarkdown } from "./format-markdown.ts";
import { formatText } from "./format-text.ts";

const removed: Change = {
  rule: "property-removed",
  bump: "major",
  message: "Property `token_id` of <b>Model</b> was removed.",
  base: ["components", "schemas", "Model", "properties", "token_id"],
  pointer: "/components/schemas/Model/properties/token_id",
  place: "old.md:12",
  operations: ["POST /v1/things"],
  meaning: "Code that reads the property finds undefined.",
  searched: ["token_id"],
  mentions: [
    { file: "src/a.ts", line: 3, name: "token_id" },
    { file: "src/a.ts", line: 7, name: "token_id" },
    { file: "contract-tests/b.ts", line: 1, name: "token_id" },
  ],
};

const diff: ContractDiff = {
  base: "old.md",
  revision: "new.md",
  bump: "major",
  counts: { major: 1, minor: 0, patch: 0 },
  changes: [removed],
};

test("text says what, where, which operation, what it means and where our code uses it", () => {
  const text = formatText(diff, false);
  for (const part of [
    "BREAKING",
    removed.message,
    removed.place,
    removed.pointer,
    "POST /v1/things",
    removed.meaning,
  ])
    expect(text).toContain(part);
  expect(text).toContain('names "token_id" in src/a.ts:3,7, contract-tests/b.ts:1');
  expect(text).not.toContain("\u001b");
});

test("markdown keeps the provider's words from becoming markup, and leaves code alone", () => {
  const markdown = formatMarkdown(diff);
  expect(markdown).toContain("\\<b\\>Model");
  expect(markdown).toContain("`token_id`");
  expect(markdown).not.toMatch(/<b>/);
});

test("what is new is said to be new, not unused", () => {
  const added: Change = { ...removed, bump: "minor", searched: [], mentions: [] };
  expect(formatText({ ...diff, changes: [added] }, false)).toContain("can't use it yet: it is new");
});

test("no difference is one sentence", () => {
  const same: ContractDiff = { ...diff, bump: "none", counts: { major: 0, minor: 0, patch: 0 }, changes: [] };
  expect(formatText(same, false)).toBe("old.md → new.md\n\nNo change.\n");
  expect(formatMarkdown(same)).toContain("No change.");
});

const steering: Change = {
  ...removed,
  message: "Enum lost 'a\n# Heading', '@somebody', '` <img> ``' and '\u001b[2J'.",
  pointer: "/a\n`b",
};

test("no word of the provider breaks a line of text, or steers the terminal", () => {
  const text = formatText({ ...diff, changes: [steering] }, false);
  expect(text).toContain("'a\\n# Heading'");
  expect(text).not.toContain("\u001b");
  expect(text.split("\n")).toHaveLength(formatText(diff, false).split("\n").length);
});

test("no word of the provider becomes markup, calls somebody or ends a list in markdown", () => {
  const markdown = formatMarkdown({ ...diff, changes: [steering] });
  expect(markdown).not.toMatch(/^# Heading|@somebody|(?<!\\)<img/m);
  expect(markdown.split("\n")).toHaveLength(formatMarkdown(diff).split("\n").length);
});
