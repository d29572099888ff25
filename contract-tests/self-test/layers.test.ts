import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const harness = "contract-tests/harness";

/** The folders of the harness in the order in which they may import each other: each only those before it. */
const layers = [
  "http",
  "contract",
  "provider",
  "schema",
  "wire",
  "cases",
  "checks",
  "coverage",
  "run",
  "between",
  "targets",
  "sensitivity",
  "recordings",
  "redaction",
  "reports",
  "baseline",
  "vitest",
  "cli",
];

/** Which of these planted files the linter refuses, each an import at a path; by this project's own configuration. */
async function refused(planted: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "layers-"));
  try {
    const { vcs: _, ...configuration } = JSON.parse(await readFile(join(root, "biome.json"), "utf8"));
    await writeFile(join(folder, "biome.json"), JSON.stringify(configuration));
    for (const [path, specifier] of Object.entries(planted)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), `import { planted } from "${specifier}";\n\nplanted();\n`);
    }
    const options = ["lint", "--only=style/noRestrictedImports", "--reporter=json", "--max-diagnostics=none"];
    const { stdout } = spawnSync(join(root, "node_modules/.bin/biome"), [...options, folder], {
      cwd: folder,
      encoding: "utf8",
    });
    const { diagnostics }: { diagnostics: { location: { path: string } }[] } = JSON.parse(stdout);
    return diagnostics.map(({ location }) => location.path.slice(location.path.indexOf("contract-tests")));
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe("the layers of the harness", () => {
  test("are all its folders", () => {
    const folders = readdirSync(join(root, harness), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !["node_modules", "dist", "docs"].includes(entry.name))
      .map(({ name }) => name);
    expect(folders.sort()).toEqual([...layers].sort());
  });

  test("import those before them alone", async () => {
    const pairs = layers.flatMap((from, index) =>
      layers.map((to, other) => ({ from, to, up: other > index })),
    );
    const path = ({ from, to }: { from: string; to: string }) => `${harness}/${from}/imports-${to}.ts`;
    const planted = pairs
      .filter(({ from, to }) => from !== to)
      .map((pair) => [path(pair), `../${pair.to}/planted.ts`] as const);
    expect((await refused(Object.fromEntries(planted))).sort()).toEqual(
      pairs
        .filter(({ up }) => up)
        .map(path)
        .sort(),
    );
  });

  test("import nothing of the project around them", async () => {
    const outside = ["src/index.ts", "generated/schema.ts", "contract-tests/self-test/score.ts"];
    const planted = layers
      .slice(0, -1)
      .flatMap((layer) =>
        outside.map((file, index) => [`${harness}/${layer}/out-${index}.ts`, `../../../${file}`] as const),
      );
    expect((await refused(Object.fromEntries(planted))).sort()).toEqual(planted.map(([path]) => path).sort());
  });
});

test("the harness names no provider, in code, tests or documents", () => {
  const files = readdirSync(join(root, harness), { recursive: true, encoding: "utf8" }).filter(
    (file) => !/(^|\/)(node_modules|dist|docs)(\/|$)/.test(file) && /\.\w+$/.test(file),
  );
  expect(files.length).toBeGreaterThan(100);
  const naming = files.filter((file) =>
    /elevenlabs|xi-api-key|single[-_ ]?use|\bscribe|_scribe/i.test(
      readFileSync(join(root, harness, file), "utf8"),
    ),
  );
  expect(naming).toEqual([]);
});

test("cycles of imports fail the lint of the whole project", () => {
  const { linter } = JSON.parse(readFileSync(join(root, "biome.json"), "utf8"));
  expect(linter.rules.suspicious.noImportCycles).toEqual({
    level: "error",
    options: { ignoreTypes: false },
  });
});
