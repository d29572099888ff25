import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { replaceFiles } from "./replace-files.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "replace-"));
  writeFileSync(join(root, "a"), "old a");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test("writes all files, new folders included, and leaves nothing staged", () => {
  replaceFiles(
    root,
    new Map([
      ["a", "new a"],
      ["deep/b", "new b"],
    ]),
  );
  expect(readFileSync(join(root, "a"), "utf8")).toBe("new a");
  expect(readFileSync(join(root, "deep/b"), "utf8")).toBe("new b");
  expect(readdirSync(join(root, "node_modules/.cache"))).toEqual([]);
});

test("brings back what it replaced when a later file can't be", () => {
  mkdirSync(join(root, "taken", "inside"), { recursive: true });
  expect(() =>
    replaceFiles(
      root,
      new Map([
        ["a", "new a"],
        ["c", "new c"],
        ["taken", "x"],
      ]),
    ),
  ).toThrow();
  expect(readFileSync(join(root, "a"), "utf8")).toBe("old a");
  expect(readdirSync(root).sort()).toEqual(["a", "node_modules", "taken"]);
});
