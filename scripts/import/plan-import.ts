import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../cli/input-error.ts";
import { assembleContract } from "../generate/assemble-contract.ts";
import { contractModel } from "../generate/contract-model.ts";
import { readDocumentedPage } from "../generate/documented-page.ts";
import { emitCallSurface } from "../generate/emit/call-surface.ts";
import { emitOpenApiYaml } from "../generate/emit/openapi-yaml.ts";
import { type ImportedPage, readOverlays } from "../generate/inputs.ts";
import {
  formatProvenance,
  type PageRecord,
  parseProvenance,
  provenanceFile,
} from "../generate/provenance.ts";
import { refuseLintProblems } from "../generate/refuse-lint-problems.ts";
import { repairs } from "../generate/repairs/registry.ts";
import type { ContractDiff, ContractSide } from "../spec-diff/change.ts";
import { diffContracts } from "../spec-diff/diff-contracts.ts";
import { ourCode, readMentions } from "../spec-diff/find-mentions.ts";
import { loadDocument } from "../spec-diff/load-contract-side.ts";
import { addChangelogEntry } from "./changelog-entry.ts";
import { importPage } from "./import-page.ts";
import { proposeVersion } from "./propose-version.ts";

/** What an import would do, before it does any of it. */
export interface ImportPlan {
  /** What changes against the contract that is generated now; missing for the first import. */
  readonly diff: ContractDiff | undefined;
  /** Overlay actions that no longer do anything, one sentence each: `generate` will refuse them. */
  readonly stale: readonly string[];
  /** The version that is proposed for the next release, when the contract changes. */
  readonly version: string | undefined;
  /** Content of every file to write, by path from the root; those that would stay as they are left out. */
  readonly files: ReadonlyMap<string, string>;
}

/** A page to import: where it came from, and its text. */
export interface GivenPage {
  readonly source: string;
  readonly text: string;
}

/**
 * Works out an import: the pages are taken apart, repaired, merged with those that were imported before, overlaid and
 * compared with the present contract; what the pages alone say is linted. Nothing is written.
 *
 * @param root the project's root folder
 * @param today YYYY-MM-DD
 * @throws InputError when a page can't be used, with its place
 */
export async function planImport(
  root: string,
  given: readonly GivenPage[],
  today: string,
): Promise<ImportPlan> {
  const { records, pageFiles, sources } = takeApart(root, given, today);
  const contract = await assembleContract(
    { pages: records.map((record) => pageOf(root, record, sources)), overlays: readOverlays(root) },
    repairs,
  );
  // Refused here is what `generate` would refuse: names that collide, and calls that stand in each other's way.
  emitCallSurface(contractModel(contract.document));
  // Linted without the overlays: those that no longer fit are the next step's, not the page's fault.
  const lint = refuseLintProblems(root, emitOpenApiYaml(contract.documented), contract.place);
  const comparison = compareWithPresent(root, {
    label: given.map(({ source }) => source).join(", "),
    document: contract.document,
    placeOf: contract.place,
  });
  const [verdict] = await Promise.allSettled([lint, comparison]);
  if (verdict.status === "rejected") throw verdict.reason;
  const diff = await comparison;
  const files = new Map([...pageFiles, [provenanceFile, formatProvenance(records)]]);
  let version: string | undefined;
  if (diff !== undefined && diff.bump !== "none") {
    const manifest: { version: string } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    version = proposeVersion(manifest.version, diff.bump);
    files.set("CHANGELOG.md", addChangelogEntry(readOr(root, "CHANGELOG.md", ""), diff, today, version));
  }
  for (const [file, content] of files) if (readOr(root, file, undefined) === content) files.delete(file);
  return { diff, stale: contract.stale, version, files };
}

async function compareWithPresent(root: string, revision: ContractSide): Promise<ContractDiff | undefined> {
  const file = "generated/openapi.yaml";
  const present = readOr(root, file, undefined);
  // Without it nobody could tell what breaks; only a first import has nothing to compare with.
  if (present === undefined && existsSync(join(root, provenanceFile)))
    throw new InputError(
      `${file}: the file is missing, so nothing tells what the page changes; run "npm run generate" first.`,
    );
  if (present === undefined) return undefined;
  return diffContracts(loadDocument(file, present), revision, await readMentions(root, ourCode));
}

function takeApart(
  root: string,
  given: readonly GivenPage[],
  today: string,
): { records: PageRecord[]; pageFiles: Map<string, string>; sources: Map<string, GivenPage> } {
  const provenance = readOr(root, provenanceFile, undefined);
  let records = provenance === undefined ? [] : parseProvenance(provenance);
  const pageFiles = new Map<string, string>();
  const sources = new Map<string, GivenPage>();
  for (const { source, text } of given) {
    const { record, files } = importPage(source, text, today, records);
    const namesake = records.find(
      ({ page, address }) => page.file === record.page.file && address !== record.address,
    );
    if (namesake !== undefined)
      throw new InputError(
        `${source}: would be kept as ${record.page.file}, which is the page ${namesake.address}; import the two apart.`,
      );
    if (pageFiles.has(record.page.file))
      throw new InputError(`${source}: the page ${record.address} is given twice; give it once.`);
    records = [...records.filter(({ page }) => page.file !== record.page.file), record];
    for (const [name, content] of files) pageFiles.set(name, content);
    sources.set(record.page.file, { source, text });
  }
  // The order in which `generate` reads them, so that both merge alike.
  return { records: parseProvenance(formatProvenance(records)), pageFiles, sources };
}

/** The places in a page that is being imported are those in what was given: the file that it will be is not there yet. */
function pageOf(root: string, record: PageRecord, sources: ReadonlyMap<string, GivenPage>): ImportedPage {
  const given = sources.get(record.page.file);
  if (given !== undefined) return { record, page: readDocumentedPage(given.source, given.text) };
  const text = readOr(root, record.page.file, undefined);
  if (text === undefined)
    throw new InputError(`${record.page.file}: the file is missing; restore it, or import its page again.`);
  return { record, page: readDocumentedPage(record.page.file, text) };
}

function readOr<T>(root: string, file: string, otherwise: T): string | T {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, "utf8") : otherwise;
}
