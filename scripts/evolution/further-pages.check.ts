import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { providerFile, readProvider } from "../generate/provider.ts";
import { kindPages } from "../generate/testing/kind-pages.ts";
import { projectRoot } from "../project-root.ts";
import { type RepositoryCopy, repositoryCopy, run } from "./repository-copy.ts";

/** Bytes, a list with many parameters, and a POST of a form: none of it like the token operation. */
const chosen = ["sounds-get.md", "readings-list.md", "samples-upload.md"];

describe("further pages of the provider, imported beside the token page", () => {
  let copy: RepositoryCopy;

  beforeAll(() => {
    copy = repositoryCopy();
    const [address = ""] = readProvider(projectRoot).environments.values();
    mkdirSync(join(copy.root, "pages"));
    for (const { file, text } of kindPages.filter(({ file }) => chosen.includes(basename(file))))
      writeFileSync(
        join(copy.root, "pages", basename(file)),
        text.replaceAll("https://api.kinds.test", address),
      );
  });
  afterAll(() => copy.remove());

  test("are a change of spec/ and what is generated alone", async () => {
    expect(await copy.npm("spec:import", "pages")).toMatchObject({ code: 0 });
    expect(await copy.npm("generate")).toMatchObject({ code: 0 });
    const operations = readFileSync(join(copy.root, "generated/operations.ts"), "utf8");
    for (const id of ["sounds.get", "readings.list", "samples.upload", "tokens.singleUse.create"])
      expect(operations).toContain(`"${id}"`);
    expect(readFileSync(join(copy.root, providerFile))).toEqual(
      readFileSync(join(projectRoot, providerFile)),
    );
  });

  test("compile with the client, the suites and the tests as they are", async () => {
    expect(await copy.npm("typecheck")).toMatchObject({ code: 0, stdout: "" });
  });

  test("leave the tests green that look at the contract, the client and the faults of the token operation", async () => {
    const parts = ["src", "contract-tests/suites", "contract-tests/self-test/fault-detection.test.ts"];
    const patient = ["--hookTimeout", "120000", "--testTimeout", "120000"];
    const { code, stdout, stderr } = await run(copy.root, "npx", ["vitest", "run", ...parts, ...patient]);
    expect({ code, output: code === 0 ? "" : (stdout + stderr).slice(-8000) }).toEqual({
      code: 0,
      output: "",
    });
  });
});
