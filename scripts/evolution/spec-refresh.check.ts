import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PageServer, pageServer } from "../import/testing/page-server.ts";
import { laterRevision } from "../import/testing/project-copy.ts";
import { projectRoot } from "../project-root.ts";
import { type RepositoryCopy, repositoryCopy } from "./repository-copy.ts";

const page = readFileSync(
  join(projectRoot, "scripts/generate/fixtures/spec/documented/single-use-create.md"),
  "utf8",
);

describe("spec:refresh, as the weekly workflow runs it", () => {
  let copy: RepositoryCopy;
  let server: PageServer;
  let served = page;
  let report: string;

  beforeAll(async () => {
    copy = repositoryCopy();
    report = join(copy.root, "node_modules/refresh.md");
    served = readFileSync(join(copy.root, "spec/documented/single-use-create.md"), "utf8");
    server = await pageServer((_, response) => response.end(served));
  });

  afterAll(async () => {
    await server.close();
    copy.remove();
  });

  test("changes nothing while the page is the same", async () => {
    const before = copy.snapshot();
    const { code } = await copy.npm("spec:refresh", "--report", report, "--origin", server.origin);
    expect(code).toBe(0);
    expect(copy.snapshot()).toEqual(before);
  });

  test("writes the text of a pull request when the page changed: the diff, and that everything passes", async () => {
    served = laterRevision(page);
    const { code, stderr } = await copy.npm("spec:refresh", "--report", report, "--origin", server.origin);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    const text = readFileSync(report, "utf8");
    expect(text).toMatch(/^Everything below passes/);
    expect(text).toContain('A request may also say "voice\\_changer".');
    for (const step of ["generate", "type check", "conformance"]) expect(text).toContain(`passed: ${step}`);
    expect(readFileSync(join(copy.root, "generated/enums.ts"), "utf8")).toContain("voice_changer");
  });
});
