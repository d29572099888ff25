import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../cli/input-error.ts";
import { fromPointer } from "./json.ts";
import { lintContract } from "./lint-contract.ts";
import type { PlaceInPage } from "./place-in-page.ts";

/**
 * Lints a contract by the rules of redocly.yaml.
 *
 * @throws InputError with the first problem and its place in the page
 */
export async function refuseLintProblems(root: string, yaml: string, place: PlaceInPage): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "contract-lint-"));
  try {
    const file = join(folder, "openapi.yaml");
    writeFileSync(file, yaml);
    const problems = await lintContract(file, join(root, "redocly.yaml"));
    const [first] = problems;
    if (first === undefined) return;
    const more = problems.length === 1 ? "" : ` (and ${problems.length - 1} more)`;
    throw new InputError(
      `${place(fromPointer(first.pointer.replace(/^#/, "")))}: ${first.message} [${first.rule}]${more}; no repair mends it, so add a repair in scripts/generate/repairs/ or an overlay in spec/overlays/.`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
