import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { projectRoot } from "../project-root.ts";

/** The step of the workflow that holds the token, run against a repository on this machine and a stand-in for `gh`. */
const workflow: { jobs: Record<string, { steps: { name?: string; run?: string }[] }> } = parse(
  readFileSync(join(projectRoot, ".github/workflows/refresh.yml"), "utf8"),
);
const script =
  workflow.jobs["propose"]?.steps.find(({ name }) => name?.startsWith("Open or renew"))?.run ?? "";

/** Writes down how it was called; `gh pr list` answers from the file `open`, as its --jq would. */
const gh = `#!/bin/sh
printf '%s\\n' "$*" >> "$CALLS"
case "$*" in
  *"--jq length") if [ -s "$OPEN" ]; then echo 1; else echo 0; fi ;;
  "pr list"*) cat "$OPEN" ;;
esac
`;

let folder: string;
const at = (...names: readonly string[]): string => join(folder, ...names);
const git = (cwd: string, ...args: readonly string[]): string =>
  execFileSync(
    "git",
    ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false", ...args],
    {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    },
  );

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "workflow-"));
  for (const name of ["bin", "work/spec/documented", "work/src", "temp/refresh"])
    mkdirSync(at(name), { recursive: true });
  writeFileSync(at("bin/gh"), gh, { mode: 0o755 });
  writeFileSync(at("open"), "");
  writeFileSync(at("temp/refresh/report.md"), "What changed.\n");
  git(folder, "init", "--quiet", "--bare", "origin.git");
  git(at("work"), "init", "--quiet", "--initial-branch", "main");
  git(at("work"), "remote", "add", "origin", at("origin.git"));
  for (const file of ["spec/documented/page.md", "src/code.ts"]) writeFileSync(at("work", file), "before\n");
  git(at("work"), "add", "--all");
  git(at("work"), "commit", "--quiet", "-m", "base");
  git(at("work"), "push", "--quiet", "origin", "main");
  for (const file of ["spec/documented/page.md", "src/code.ts"]) writeFileSync(at("work", file), "after\n");
  writeFileSync(at("temp/refresh/contract.patch"), git(at("work"), "diff", "--binary"));
  git(at("work"), "checkout", "--quiet", ".");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function propose() {
  const { status, stdout } = spawnSync("bash", ["-e", "-c", script], {
    cwd: at("work"),
    encoding: "utf8",
    env: {
      PATH: `${at("bin")}${delimiter}${process.env["PATH"]}`,
      HOME: folder,
      RUNNER_TEMP: at("temp"),
      GITHUB_REF_NAME: "main",
      GH_TOKEN: "t",
      BUMP: "minor",
      VERSION: "0.2.0",
      CALLS: at("calls"),
      OPEN: at("open"),
    },
  });
  const calls = existsSync(at("calls")) ? readFileSync(at("calls"), "utf8") : "";
  return { status, stdout, calls };
}

test("opens a pull request with the refreshed contract and nothing else of the patch", () => {
  const { status, calls } = propose();
  expect(status).toBe(0);
  expect(git(at("origin.git"), "show", "refresh/contract:spec/documented/page.md")).toBe("after\n");
  expect(git(at("origin.git"), "show", "refresh/contract:src/code.ts")).toBe("before\n");
  expect(calls).toContain(
    `pr create --base main --head refresh/contract --title Refresh the contract: minor, proposed version 0.2.0 --body-file ${at("temp/refresh/report.md")}`,
  );
});

test("renews the one that is open, on the same branch", () => {
  propose();
  git(at("work"), "checkout", "--quiet", "main");
  git(at("work"), "branch", "--quiet", "-D", "refresh/contract");
  writeFileSync(at("open"), "7\n");
  const { status, calls } = propose();
  expect(status).toBe(0);
  expect(calls).toMatch(/pr edit 7 --title Refresh the contract/);
  expect(calls.match(/pr create/g)).toHaveLength(1);
});

test("overwrites nobody's work on an open pull request", () => {
  git(at("work"), "checkout", "--quiet", "-b", "refresh/contract");
  git(at("work"), "commit", "--quiet", "--allow-empty", "-m", "an overlay mended");
  git(at("work"), "push", "--quiet", "origin", "refresh/contract");
  const work = git(at("origin.git"), "rev-parse", "refresh/contract");
  git(at("work"), "checkout", "--quiet", "main");
  git(at("work"), "branch", "--quiet", "-D", "refresh/contract");
  writeFileSync(at("open"), "7\n");
  const { status, stdout, calls } = propose();
  expect(status).toBe(1);
  expect(stdout).toContain("::error::somebody has worked on refresh/contract");
  expect(git(at("origin.git"), "rev-parse", "refresh/contract")).toBe(work);
  expect(calls).not.toMatch(/pr (create|edit)/);
});

/** What a patch may do beside changing the contract; its filter looks at new names alone. */
const hostile: readonly (readonly [string, () => void])[] = [
  [
    "renames a file of the project into the contract",
    () => git(at("work"), "mv", "src/code.ts", "spec/documented/code.md"),
  ],
  [
    "turns a page into a link",
    () => {
      rmSync(at("work/spec/documented/page.md"));
      symlinkSync("../../src/code.ts", at("work/spec/documented/page.md"));
    },
  ],
  [
    "adds a link",
    () => {
      mkdirSync(at("work/generated"));
      symlinkSync("/etc/passwd", at("work/generated/link.md"));
    },
  ],
  ["makes a page executable", () => chmodSync(at("work/spec/documented/page.md"), 0o755)],
  [
    "adds a submodule",
    () => {
      git(at("work"), "init", "--quiet", "spec/documented/module");
      git(at("work/spec/documented/module"), "commit", "--quiet", "--allow-empty", "-m", "x");
    },
  ],
  ["adds git's own settings", () => writeFileSync(at("work/spec/documented/.gitattributes"), "* -diff\n")],
  ["adds a file with a strange name", () => writeFileSync(at("work/spec/documented/a\tb.md"), "x\n")],
];

test.each(hostile)("proposes nothing where the patch %s", (_, change) => {
  writeFileSync(at("work/spec/documented/page.md"), "after\n");
  change();
  git(at("work"), "add", "--all");
  writeFileSync(at("temp/refresh/contract.patch"), git(at("work"), "diff", "--cached", "--binary", "-M"));
  git(at("work"), "reset", "--quiet", "--hard");
  const { status, calls } = propose();
  expect(status).not.toBe(0);
  expect(calls).toBe("");
  expect(() => git(at("origin.git"), "rev-parse", "--verify", "--quiet", "refresh/contract")).toThrow();
});

test("a page that is added, changed or gone is regular", () => {
  rmSync(at("work/spec/documented/page.md"));
  writeFileSync(at("work/spec/documented/other-page.md"), "new\n");
  writeFileSync(at("work/CHANGELOG.md"), "new\n");
  git(at("work"), "add", "--all");
  writeFileSync(at("temp/refresh/contract.patch"), git(at("work"), "diff", "--cached", "--binary"));
  git(at("work"), "reset", "--quiet", "--hard");
  expect(propose().status).toBe(0);
  const names = git(at("origin.git"), "ls-tree", "-r", "--name-only", "refresh/contract").trim().split("\n");
  expect(names).toEqual(["CHANGELOG.md", "spec/documented/other-page.md", "src/code.ts"]);
});
