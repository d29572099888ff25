import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "./generate/inputs.ts";
import { projectRoot } from "./project-root.ts";

const folder = mkdtempSync(join(tmpdir(), "generate-"));
const copied = [
  "spec",
  "generated",
  "scripts",
  "package.json",
  "redocly.yaml",
  "tsconfig.json",
  "contract-tests/harness/contract",
  "contract-tests/harness/http",
  "contract-tests/harness/redaction",
  "contract-tests/harness/reports",
];

beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  for (const name of copied) cpSync(join(projectRoot, name), join(folder, name), { recursive: true });
  symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(script: string): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", `scripts/${script}.ts`],
    {
      cwd: folder,
      encoding: "utf8",
    },
  );
  return { status, stdout, stderr };
}

/** Every file of the copy but node_modules, with its hash. */
function tree(): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.includes("node_modules"))
      .map((path) => [path, sha256(readFileSync(path))]),
  );
}

describe("npm run generate and generate:check", () => {
  it("name what is stale, fix it, and then write nothing more", { timeout: 60_000 }, () => {
    const current = tree();
    appendFileSync(join(folder, "generated/enums.ts"), " ");
    rmSync(join(folder, "generated/schema.ts"));
    writeFileSync(join(folder, "generated/foreign.ts"), "");

    const { status, stderr } = run("generate-check");
    expect(stderr).toContain("generated/enums.ts: changed\n");
    expect(stderr).toContain("generated/schema.ts: missing\n");
    expect(stderr).toContain("generated/foreign.ts: not generated\n");
    expect(stderr).toContain('run "npm run generate"');
    expect(status).toBe(1);

    expect(run("generate")).toMatchObject({ status: 0, stderr: "" });
    expect(tree()).toEqual(current);
    expect(run("generate").stdout).toMatch(/^generated\/ is current/);
  });

  it("refuse a page that was edited by hand with one sentence, and leaves the tree as it was", {
    timeout: 60_000,
  }, () => {
    appendFileSync(join(folder, "spec/documented/single-use-create.md"), "\n");
    const before = tree();
    const { status, stderr } = run("generate");
    expect(stderr).toMatch(
      /^error: spec\/documented\/single-use-create\.md: changed since it was imported.*\n$/,
    );
    expect(status).toBe(2);
    expect(tree()).toEqual(before);
  });
});
