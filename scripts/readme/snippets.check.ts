import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadContract } from "../../contract-tests/harness/contract/load-contract.ts";
import type { Target } from "../../contract-tests/harness/run/target.ts";
import { startPrismMock } from "../../contract-tests/harness/targets/prism-mock.ts";
import { server } from "../../generated/operations.ts";
import { projectRoot } from "../project-root.ts";
import { fencedBlocks } from "./fenced-blocks.ts";

const packageName = "elevenlabs-single-use-token";
const folder = mkdtempSync(join(tmpdir(), "snippets-"));
/** Matters of a user's own style, on which a snippet takes no side. */
const usersOwn = { noUnusedLocals: false, noPropertyAccessFromIndexSignature: false };
let mock: Target;

beforeAll(async () => {
  mock = await startPrismMock(await loadContract(join(projectRoot, "generated/openapi.yaml")));
  symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const { compilerOptions } = JSON.parse(readFileSync(join(projectRoot, "tsconfig.json"), "utf8"));
  const paths = {
    [packageName]: [join(projectRoot, "src/index.ts")],
    [`${packageName}/token-endpoint`]: [join(projectRoot, "src/token-endpoint/index.ts")],
    [`${packageName}/simulator`]: [join(projectRoot, "src/simulator/index.ts")],
  };
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: { ...compilerOptions, ...usersOwn, paths }, include: ["snippets"] }),
  );
  mkdirSync(join(folder, "snippets"));
}, 30_000);

afterAll(async () => {
  await mock.close();
  rmSync(folder, { recursive: true });
});

/** The TypeScript snippets of a markdown file, with only the official SDK's import changed. */
function snippets(file: string): { name: string; code: string }[] {
  const markdown = readFileSync(join(projectRoot, file), "utf8");
  return fencedBlocks(markdown)
    .filter(({ language }) => language === "ts" || language === "typescript")
    .map(({ code, line }) => ({
      name: `${file}:${line}`,
      code: code.replace('"@elevenlabs/elevenlabs-js"', JSON.stringify(packageName)),
    }));
}

const all = [
  ...snippets("README.md"),
  ...snippets("scripts/readme/fixtures/official-sdk-snippets.md"),
  ...snippets("scripts/generate/fixtures/spec/documented/single-use-create.md"),
];

/** Not synchronously: the mock that the snippet talks to lives in this process. */
function run(args: readonly string[]): Promise<{ status: number; output: string }> {
  const env = {
    ...process.env,
    ELEVENLABS_API_KEY: "test-key",
    CONTRACT_SERVER: server,
    MOCK_ADDRESS: mock.address,
    TSX_TSCONFIG_PATH: join(folder, "tsconfig.json"),
  };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { cwd: folder, env }, (_, stdout, stderr) =>
      resolve({ status: child.exitCode ?? 1, output: stdout + stderr }),
    );
  });
}

describe("the snippets of the README and of the official SDK's documentation", () => {
  it("are there", () => {
    expect(all.length).toBeGreaterThanOrEqual(4);
  });

  it("compile, with only the import changed", { timeout: 60_000 }, async () => {
    for (const [index, { code }] of all.entries())
      writeFileSync(join(folder, "snippets", `${index}.ts`), `${code}\nexport {};\n`);
    const tsc = join(projectRoot, "node_modules/typescript/bin/tsc");
    expect(await run([tsc, "--project", "tsconfig.json"])).toEqual({
      status: 0,
      output: "",
    });
  });

  it.each(all)("run against the mock: $name", { timeout: 60_000 }, async ({ name, code }) => {
    const file = join(folder, `${name.replace(/\W+/g, "-")}.ts`);
    writeFileSync(file, code);
    const preload = join(projectRoot, "scripts/readme/redirect-fetch.mjs");
    const { status, output } = await run(["--import", "tsx", "--import", preload, file]);
    expect(output).not.toMatch(/error/i);
    expect(status).toBe(0);
  });
});
