import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { projectRoot } from "../project-root.ts";
import { finishReplacements, replaceFiles } from "./replace-files.ts";

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

test("deletes what has no content any more, and brings it back when something fails", () => {
  replaceFiles(
    root,
    new Map([
      ["a", undefined],
      ["b", "new b"],
    ]),
  );
  expect(readdirSync(root).sort()).toEqual(["b", "node_modules"]);
  mkdirSync(join(root, "taken", "inside"), { recursive: true });
  expect(() =>
    replaceFiles(
      root,
      new Map([
        ["b", undefined],
        ["taken", "x"],
      ]),
    ),
  ).toThrow();
  expect(readFileSync(join(root, "b"), "utf8")).toBe("new b");
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

const killedAtRename = (step: number): string => `
  import fs from "node:fs";
  import { syncBuiltinESMExports } from "node:module";
  const { renameSync } = fs;
  let left = ${step};
  fs.renameSync = (from, to) => {
    if (left-- === 0) process.kill(process.pid, "SIGKILL");
    renameSync(from, to);
  };
  syncBuiltinESMExports();
  const { replaceFiles } = await import(${JSON.stringify(join(projectRoot, "scripts/files/replace-files.ts"))});
  replaceFiles(${JSON.stringify(root)}, new Map([["a", "new a"], ["b", "new b"], ["c", "new c"]]));
`;

test.each([
  ["before the first rename", 0, ["old a", undefined, undefined]],
  ["with everything staged", 1, ["new a", "new b", "new c"]],
  ["between two renames", 2, ["new a", "new b", "new c"]],
  ["before the last rename", 3, ["new a", "new b", "new c"]],
])("killed %s, the next one finds all or nothing replaced", (_, step, want) => {
  const args = ["--import", "tsx", "--input-type=module", "--eval", killedAtRename(step)];
  const { signal } = spawnSync(process.execPath, args, { cwd: projectRoot });
  expect(signal).toBe("SIGKILL");
  finishReplacements(root);
  const files = readdirSync(root);
  expect(
    ["a", "b", "c"].map((name) =>
      files.includes(name) ? readFileSync(join(root, name), "utf8") : undefined,
    ),
  ).toEqual(want);
  expect(readdirSync(join(root, "node_modules/.cache"))).toEqual([]);
});
