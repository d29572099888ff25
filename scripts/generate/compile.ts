import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../cli/input-error.ts";
import { checkReferences } from "./check-references.ts";
import { contractModel } from "./contract-model.ts";
import { emitCallSurface } from "./emit/call-surface.ts";
import { emitEnums } from "./emit/enums.ts";
import { emitManifest } from "./emit/manifest.ts";
import { emitModels } from "./emit/models.ts";
import { emitOpenApiYaml } from "./emit/openapi-yaml.ts";
import { emitOperations } from "./emit/operations.ts";
import { emitReadme } from "./emit/readme.ts";
import { emitSchemaTypes } from "./emit/schema-types.ts";
import { emitValidators } from "./emit/validators.ts";
import type { Inputs } from "./inputs.ts";
import { fromPointer } from "./json.ts";
import { lintContract } from "./lint-contract.ts";
import { mergePages } from "./merge-pages.ts";
import { applyOverlays } from "./overlays.ts";
import type { PlaceInPage } from "./place-in-page.ts";
import { refuseDeadRepairs, repairPage } from "./repair-page.ts";
import { repairs as allRepairs } from "./repairs/registry.ts";

/** The content of every file under generated/, by its name. */
export type Outputs = ReadonlyMap<string, string>;

/**
 * Compiles spec/ to the files of generated/, writing none of them. The same inputs and tool versions give the same
 * bytes.
 *
 * @param root the project's root folder, where redocly.yaml and node_modules are
 * @param repairs what may be mended mechanically, in order
 * @throws InputError with the place in the page when the contract can't be used
 */
export async function compile(root: string, inputs: Inputs, repairs = allRepairs): Promise<Outputs> {
  const pages = inputs.pages.map(({ record, page }) => ({
    file: page.file,
    ...repairPage(page, record.imported, repairs),
  }));
  const samples = inputs.samples.map((page) => repairPage(page, "1970-01-01", repairs));
  refuseDeadRepairs(
    repairs,
    [...pages, ...samples].flatMap(({ applied }) => applied),
  );
  for (const { document, place } of pages) checkReferences(document, place);
  const merged = mergePages(pages);
  const { document, applied: overlays, stale } = await applyOverlays(merged.document, inputs.overlays);
  if (stale[0] !== undefined) throw new InputError(stale[0]);
  const yaml = emitOpenApiYaml(document);
  const lint = refuseLintProblems(root, yaml, merged.place);
  const model = contractModel(document);
  const emitted = new Map<string, string>([
    ["README.md", emitReadme()],
    ["openapi.yaml", yaml],
    ["operations.ts", emitOperations(model)],
    ["enums.ts", emitEnums(model.components)],
    ["models.ts", emitModels(model.components)],
    ["call-surface.ts", emitCallSurface(model)],
  ]);
  // The linter is a process of its own, so the two slow emitters work meanwhile; its verdict comes first.
  const slow = Promise.all([emitSchemaTypes(document), emitValidators(model, root)]);
  const [verdict] = await Promise.allSettled([lint, slow]);
  if (verdict.status === "rejected") throw verdict.reason;
  const [schema, validators] = await slow;
  emitted
    .set("schema.ts", schema)
    .set("validators.js", validators.code)
    .set("validators.d.ts", validators.types);
  const repaired = repairs.map(({ id, why }) => ({
    id,
    why,
    changes: pages.flatMap(({ applied }) =>
      applied.filter((entry) => entry.id === id).flatMap(({ changes }) => changes),
    ),
  }));
  emitted.set("manifest.json", emitManifest(root, { inputs, outputs: emitted, repairs: repaired, overlays }));
  return emitted;
}

async function refuseLintProblems(root: string, yaml: string, place: PlaceInPage): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "contract-lint-"));
  try {
    const file = join(folder, "openapi.yaml");
    writeFileSync(file, yaml);
    const problems = await lintContract(file, join(root, "redocly.yaml"));
    const [first] = problems;
    if (first === undefined) return;
    const more = problems.length === 1 ? "" : ` (and ${problems.length - 1} more)`;
    throw new InputError(
      `${place(fromPointer(first.pointer))}: ${first.message} [${first.rule}]${more}; no repair mends it, so add a repair in scripts/generate/repairs/ or an overlay in spec/overlays/.`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
