import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { badPages } from "../import/testing/bad-pages.ts";
import { type PageServer, pageServer } from "../import/testing/page-server.ts";
import { laterRevision } from "../import/testing/project-copy.ts";
import { projectRoot } from "../project-root.ts";
import { type RepositoryCopy, repositoryCopy } from "./repository-copy.ts";

const page = readFileSync(
  join(projectRoot, "scripts/generate/fixtures/spec/documented/single-use-create.md"),
  "utf8",
);
const given = mkdtempSync(join(tmpdir(), "given-"));
let copy: RepositoryCopy;
let server: PageServer;
let before: Record<string, string>;

beforeAll(async () => {
  copy = repositoryCopy();
  before = copy.snapshot();
  server = await pageServer((request, response) => {
    if (request.url === "/later.md") response.end(laterRevision(page));
    else if (request.url === "/stalled.md") response.write(page.slice(0, 500));
    else if (request.url === "/loop.md") response.writeHead(302, { location: "/loop.md" }).end();
    else response.writeHead(404).end();
  });
});

afterAll(async () => {
  await server.close();
  copy.remove();
  rmSync(given, { recursive: true, force: true });
});

describe("a page or address that can't be used: exit 2, one sentence, the tree byte for byte as it was", () => {
  afterEach(() => expect(copy.snapshot()).toEqual(before));

  test.each(badPages)("$name", async ({ change, message }) => {
    const file = join(given, "page.md");
    writeFileSync(file, change(page));
    const { code, stderr } = await copy.npm("spec:import", file);
    expect(code).toBe(2);
    expect(stderr.trimEnd()).toMatch(/^error: .*$/);
    expect(stderr).toMatch(message);
  });

  test.each([["100 MB", () => Buffer.alloc(100_000_000, "x"), /more than 5 MB/]])(
    "a page of %s",
    async (_, content, message) => {
      const file = join(given, "huge.md");
      writeFileSync(file, content());
      const { code, stderr } = await copy.npm("spec:import", file);
      expect(code).toBe(2);
      expect(stderr).toMatch(message);
    },
  );

  test("a redirect loop", async () => {
    const { code, stderr } = await copy.npm("spec:import", `${server.origin}/loop.md`);
    expect(code).toBe(2);
    expect(stderr).toMatch(/redirects more than 5 times/);
  });

  test("a server that dawdles", async () => {
    const { code, stderr } = await copy.npm("spec:import", `${server.origin}/stalled.md`);
    expect(code).toBe(2);
    expect(stderr).toMatch(/not received within 20 s/);
  });
});

test("killed at any moment, it leaves the tree as it was or as it should be, and nothing between", async () => {
  const file = join(given, "later.md");
  writeFileSync(file, laterRevision(page));
  const started = performance.now();
  await killedAfter(60_000, file);
  const whole = performance.now() - started;
  const after = copy.snapshot();
  expect(after).not.toEqual(before);
  const seen = new Set<string>();
  for (let step = 1; step <= 12; step += 1) {
    restore();
    await killedAfter((whole * step) / 11, file);
    const now = copy.snapshot();
    seen.add(JSON.stringify(now) === JSON.stringify(before) ? "before" : "after");
    expect([before, after]).toContainEqual(now);
  }
  expect(seen).toContain("before");
  restore();
});

async function killedAfter(milliseconds: number, file: string): Promise<void> {
  const args = ["--import", "tsx", join(copy.root, "scripts/spec-import.ts"), file];
  const child = spawn(process.execPath, args, { cwd: copy.root, stdio: "ignore" });
  const exited = once(child, "exit");
  await Promise.race([exited, sleep(milliseconds, undefined, { ref: false })]);
  child.kill("SIGKILL");
  await exited;
}

function restore(): void {
  for (const [file, content] of Object.entries(before)) {
    const path = join(copy.root, file);
    if (readFileSync(path, "latin1") !== content) writeFileSync(path, content, "latin1");
  }
}
