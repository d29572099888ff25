import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectRoot } from "../project-root.ts";
import { type RepositoryCopy, repositoryCopy, run } from "./repository-copy.ts";

/** Made-up pages of the same provider: a form with recursive schemas, and an answer of bytes. */
const pages = ["move-item", "print-label"];

let copy: RepositoryCopy;
beforeAll(() => {
  copy = repositoryCopy();
  for (const name of pages) {
    const text = readFileSync(join(projectRoot, "scripts/generate/fixtures/siblings", `${name}.md`), "utf8");
    writeFileSync(
      join(copy.root, `${name}.md`),
      text.replaceAll("https://api.storage.test/base", "https://api.elevenlabs.io"),
    );
  }
});
afterAll(() => copy.remove());

test("two further pages are imported at once, harmlessly, and compile", async () => {
  const imported = await copy.npm("spec:import", ...pages.map((name) => `${name}.md`));
  expect(imported).toMatchObject({ code: 0, stdout: expect.stringMatching(/0 breaking, \d+ minor/) });
  expect(await copy.npm("generate")).toMatchObject({ code: 0 });
  expect(await copy.npm("typecheck")).toMatchObject({ code: 0 });
});

test("the project's own tests don't depend on what is imported: all but the slow fault detection pass", async () => {
  const args = ["vitest", "run", "--exclude", "contract-tests/self-test/fault-detection.test.ts"];
  const { code, stdout, stderr } = await run(copy.root, "npx", args);
  expect({ code, output: code === 0 ? "" : (stdout + stderr).slice(-8000) }).toEqual({ code: 0, output: "" });
});

test("the fault score is that of the token contract alone, as before", async () => {
  const { code, stdout, stderr } = await copy.npm("fault-score", "--check");
  expect({ code, output: code === 0 ? "" : stdout + stderr }).toEqual({ code: 0, output: "" });
});
