import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { breakingRevision } from "../import/testing/project-copy.ts";
import { projectRoot } from "../project-root.ts";
import { type RepositoryCopy, repositoryCopy, run } from "./repository-copy.ts";

const page = readFileSync(
  join(projectRoot, "scripts/generate/fixtures/spec/documented/single-use-create.md"),
  "utf8",
);

describe("a breaking revision of the page: the token renamed, a type removed", () => {
  let copy: RepositoryCopy;
  let file: string;

  beforeAll(() => {
    copy = repositoryCopy();
    file = join(copy.root, "node_modules/breaking.md");
    writeFileSync(file, breakingRevision(page));
  });

  afterAll(() => copy.remove());

  test("spec:diff against the last commit exits 1 and names the lines of src/", async () => {
    const { code, stdout } = await copy.npm("spec:diff", "HEAD", file);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^BREAKING .*`token`/m);
    expect(stdout).toMatch(/our code names "token" in src\/[\w/-]+\.ts:\d+/);
    expect(stdout).toMatch(/^BREAKING .*'tts_websocket'/m);
  });

  test("spec:import refuses it, and changes nothing", async () => {
    const before = copy.snapshot();
    const { code, stdout, stderr } = await copy.npm("spec:import", file);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^BREAKING /m);
    expect(stderr).toContain("--accept-breaking");
    expect(copy.snapshot()).toEqual(before);
  });

  test("spec:import --accept-breaking imports it, and names the overlay to fix", async () => {
    const { code, stderr } = await copy.npm("spec:import", file, "--accept-breaking");
    expect(code).toBe(0);
    expect(stderr).toMatch(/spec\/overlays\/fresh-token\.yaml:\d+: the overlay's target .* matches nothing/);
    expect(readFileSync(join(copy.root, "CHANGELOG.md"), "utf8")).toContain("**breaking**");
  });

  test("generate refuses until the overlay is fixed, and names it", async () => {
    const { code, stderr } = await copy.npm("generate");
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: spec\/overlays\/fresh-token\.yaml:\d+: .*matches nothing/);
    rmSync(join(copy.root, "spec/overlays/fresh-token.yaml"));
    rmSync(join(copy.root, "spec/overlays/example-token.yaml"));
    expect(await copy.npm("generate")).toMatchObject({ code: 0 });
  });

  test("the type check then fails where a user would be hurt", async () => {
    const { code, stdout } = await copy.npm("typecheck");
    expect(code).not.toBe(0);
    expect(stdout).toMatch(/^src\/.*'token' does not exist/m);
  });

  test("and so does the consumer suite, in what users of the published version wrote", async () => {
    const patient = ["--hookTimeout", "120000", "--testTimeout", "120000"];
    const suite = ["vitest", "run", "contract-tests/suites/user-code.test.ts", ...patient];
    const { code, stdout } = await run(copy.root, "npx", suite);
    expect(code).toBe(1);
    expect(stdout).toMatch(/× gets a token for realtime transcription/);
    expect(stdout).toMatch(/× gets a token for streaming speech/);
  });
});
