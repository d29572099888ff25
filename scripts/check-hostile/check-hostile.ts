import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../cli/input-error.ts";
import { fallenBehind, heldBy, type TestReport } from "./held.ts";
import { securityPage } from "./security-page.ts";
import { surfaces } from "./surfaces.ts";

const pageFile = "docs/security.md";

/** Runs every attack: 0 when all hold and the page says no more than that, 1 otherwise. The page owns up to what doesn't. */
export function checkHostile(root: string, options: { readonly write: boolean }): number {
  const held = heldBy(surfaces, runTests(root), root);
  for (const { surface, attacks, problems } of held) {
    console.log(`${problems.length === 0 ? "✓" : "✗"} ${surface.name}: ${attacks} held`);
    for (const problem of problems) console.log(`    ${problem}`);
  }
  const page = join(root, pageFile);
  if (options.write) writeFileSync(page, securityPage(held));
  if (held.some(({ problems }) => problems.length > 0)) return 1;
  const behind = fallenBehind(existsSync(page) ? readFileSync(page, "utf8") : "", held);
  for (const line of behind) console.error(`${line}: npm run check:hostile -- --write rewrites it`);
  return behind.length === 0 ? 0 : 1;
}

function runTests(root: string): TestReport {
  const folder = mkdtempSync(join(tmpdir(), "check-hostile-"));
  const file = join(folder, "tests.json");
  try {
    const files = [...new Set(surfaces.flatMap(({ tests }) => Object.keys(tests)))];
    const missing = files.filter((name) => !existsSync(join(root, name)));
    if (missing.length > 0)
      throw new InputError(`there is no ${missing.join(", no ")}: correct surfaces.ts.`);
    const args = ["run", "--config", "vitest.hostile.config.ts", "--reporter=json", `--outputFile=${file}`];
    const { stderr } = spawnSync(
      process.execPath,
      [join(root, "node_modules/vitest/vitest.mjs"), ...args, ...files],
      {
        cwd: root,
        encoding: "utf8",
        maxBuffer: 256 * 1_024 * 1_024,
      },
    );
    if (!existsSync(file)) throw new InputError(`the tests couldn't be run: ${stderr.trim().slice(0, 500)}.`);
    return JSON.parse(readFileSync(file, "utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
