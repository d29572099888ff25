import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { projectRoot } from "../project-root.ts";
import { breakingCases, type DiffCase, harmlessCases, shop } from "../spec-diff/testing/diff-cases.ts";
import { type Outcome, run } from "./repository-copy.ts";

const folder = mkdtempSync(join(tmpdir(), "diff-"));
const base = join(folder, "base.json");
writeFileSync(base, JSON.stringify(shop(), null, 2));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function specDiff(...args: readonly string[]): Promise<Outcome> {
  return run(projectRoot, process.execPath, ["--import", "tsx", "scripts/spec-diff.ts", ...args]);
}

function compare({ name, revision }: DiffCase): Promise<Outcome> {
  const file = join(folder, `${name.replaceAll(/\W+/g, "-")}.json`);
  writeFileSync(file, JSON.stringify(revision, null, 2));
  return specDiff(base, file);
}

describe("spec:diff exits 1 on every breaking kind", () => {
  test.concurrent.each(breakingCases)("$name", async (entry) => {
    const { code, stdout } = await compare(entry);
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringMatching(/^BREAKING /m) });
    expect(stdout).toMatch(/^ +at +\/.*\.json:\d+ {2}\/\S+$/m);
  });
});

describe("spec:diff exits 0 on every harmless kind, and still reports it", () => {
  test.concurrent.each(harmlessCases)("$name", async (entry) => {
    const { code, stdout } = await compare(entry);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^(minor|patch) /m) });
  });
});

describe("spec:diff exits 2, with one sentence, when it can't compare", () => {
  test.concurrent.each([
    ["one contract", [base]],
    ["neither a file nor a revision", [base, "nowhere"]],
    ["an unknown format", [base, base, "--format", "xml"]],
    ["an unknown option", [base, base, "--strict"]],
  ])("%s", async (_, args) => {
    const { code, stdout, stderr } = await specDiff(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.trimEnd()).toMatch(/^error: .*$/);
  });
});
