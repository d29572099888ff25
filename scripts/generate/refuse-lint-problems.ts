import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../cli/input-error.ts";
import { fromPointer } from "./json.ts";
import { type LintProblem, lintContract } from "./lint-contract.ts";
import type { PlaceInPage } from "./place-in-page.ts";

/**
 * Lints a contract by the rules of redocly.yaml: what makes it unusable is refused, what is only odd is told.
 *
 * @returns a sentence for each warning, with its place in the page
 * @throws InputError with the first error and its place in the page
 */
export async function refuseLintProblems(root: string, yaml: string, place: PlaceInPage): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "contract-lint-"));
  try {
    const file = join(folder, "openapi.yaml");
    writeFileSync(file, yaml);
    const problems = await lintContract(file, join(root, "redocly.yaml"));
    const errors = problems.filter(({ severity }) => severity === "error");
    const [first] = errors;
    if (first === undefined) return problems.map((problem) => sentence(problem, place));
    const more = errors.length === 1 ? "" : ` (and ${errors.length - 1} more)`;
    throw new InputError(
      `${sentence(first, place)}${more}; no repair fixes it, so add one in scripts/generate/repairs/ or an overlay in spec/overlays/.`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sentence({ pointer, message, rule }: LintProblem, place: PlaceInPage): string {
  return `${place(fromPointer(pointer.replace(/^#/, "")))}: ${message} [${rule}]`;
}
