import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../cli/input-error.ts";
import { assembleContract } from "../generate/assemble-contract.ts";
import { contractModel } from "../generate/contract-model.ts";
import { emitCallSurface } from "../generate/emit/call-surface.ts";
import { emitOpenApiYaml } from "../generate/emit/openapi-yaml.ts";
import { readOverlays } from "../generate/inputs.ts";
import { provenanceFile } from "../generate/provenance.ts";
import { readProvider, refuseOtherProvider } from "../generate/provider.ts";
import { refuseLintProblems } from "../generate/refuse-lint-problems.ts";
import type { ContractDiff, ContractSide } from "../spec-diff/change.ts";
import { diffContracts } from "../spec-diff/diff-contracts.ts";
import { ourCode, readMentions } from "../spec-diff/find-mentions.ts";
import { loadDocument } from "../spec-diff/load-contract-side.ts";
import { addChangelogEntry } from "./changelog-entry.ts";
import { proposeVersion } from "./propose-version.ts";
import { type PageChange, takeApart } from "./take-apart.ts";

/** What an import would do, before it does any of it. */
export interface ImportPlan {
  /** What changes against the contract that is generated now; missing for the first import. */
  readonly diff: ContractDiff | undefined;
  /** Overlay actions that no longer do anything, one sentence each: `generate` will refuse them. */
  readonly stale: readonly string[];
  /** The version that is proposed for the next release, when the contract changes. */
  readonly version: string | undefined;
  /** What moved, which overlay actions the page made needless, and what the linter finds odd, one sentence each. */
  readonly warnings: readonly string[];
  /** Content of every file to write, by path from the root, undefined to delete it; what would stay is left out. */
  readonly files: ReadonlyMap<string, string | undefined>;
}

/**
 * Works out a change of the imported pages: those given are taken apart, repaired, merged with the others, overlaid and
 * compared with the present contract; what the pages alone say is linted. Nothing is written.
 *
 * @param root the project's root folder
 * @param today YYYY-MM-DD
 * @throws InputError when a page can't be used, with its place
 */
export async function planImport(root: string, change: PageChange, today: string): Promise<ImportPlan> {
  const { given = [], removed = [] } = change;
  const changed = takeApart(root, change, today);
  const provider = readProvider(root);
  const contract = await assembleContract(
    { pages: changed.pages, overlays: readOverlays(root) },
    provider.repairs,
  );
  // Refused here is what `generate` would refuse: names that collide, and calls that stand in each other's way.
  const model = contractModel(contract.document);
  emitCallSurface(model);
  refuseOtherProvider(provider, model.server, contract.place(["servers"]));
  // Linted without the overlays: those that no longer fit are the next step's, not the page's fault.
  const lint = refuseLintProblems(root, emitOpenApiYaml(contract.documented), contract.place);
  const comparison = compareWithPresent(root, {
    label: [...given.map(({ source }) => source), ...removed.map((name) => `without ${name}`)].join(", "),
    document: contract.document,
    placeOf: contract.place,
  });
  const [verdict] = await Promise.allSettled([lint, comparison]);
  if (verdict.status === "rejected") throw verdict.reason;
  const diff = await comparison;
  const files = new Map(changed.files);
  let version: string | undefined;
  if (diff !== undefined && diff.bump !== "none") {
    const manifest: { version: string } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    version = proposeVersion(manifest.version, diff.bump);
    files.set("CHANGELOG.md", addChangelogEntry(readOr(root, "CHANGELOG.md", ""), diff, today, version));
  }
  for (const [file, content] of files) if (readOr(root, file, undefined) === content) files.delete(file);
  const warnings = [...changed.moved, ...contract.dropped, ...(await lint)];
  return { diff, stale: contract.stale, warnings, version, files };
}

async function compareWithPresent(root: string, revision: ContractSide): Promise<ContractDiff | undefined> {
  const file = "generated/openapi.yaml";
  const present = readOr(root, file, undefined);
  // Without it nobody could tell what breaks; only a first import has nothing to compare with.
  if (present === undefined && existsSync(join(root, provenanceFile)))
    throw new InputError(
      `${file}: the file is missing, so what the page changes can't be told; run "npm run generate" first.`,
    );
  if (present === undefined) return undefined;
  return diffContracts(loadDocument(file, present), revision, await readMentions(root, ourCode));
}

function readOr<T>(root: string, file: string, otherwise: T): string | T {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, "utf8") : otherwise;
}
