import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../cli/input-error.ts";
import { type DocumentedPage, readDocumentedPage } from "./documented-page.ts";
import type { Overlay } from "./overlays.ts";
import { parseDocument } from "./parse-document.ts";
import { importedFile, type PageRecord, parseProvenance, provenanceFile } from "./provenance.ts";
import { type Provider, parseProvider, providerFile } from "./provider.ts";
import { readSourceText } from "./source-text.ts";

/** All that `generate` reads, and nothing else: the folder spec/. */
export interface Inputs {
  readonly pages: readonly ImportedPage[];
  /** Short pages in the shapes that the exporter is known to write; they prove that no repair is dead. */
  readonly samples: readonly DocumentedPage[];
  readonly overlays: readonly Overlay[];
  readonly provider: Provider;
  /** sha256 of each file read, by path from the project's root. */
  readonly hashes: Readonly<Record<string, string>>;
}

export interface ImportedPage {
  readonly record: PageRecord;
  readonly page: DocumentedPage;
}

/**
 * Reads spec/ and proves that what was imported is still what is there.
 *
 * @param root the project's root folder
 * @throws InputError when a page or its YAML block no longer matches its recorded hash, or nothing was imported
 */
export function readInputs(root: string): Inputs {
  const hashes: Record<string, string> = {};
  const read = (file: string): string => {
    const path = join(root, file);
    if (!existsSync(path))
      throw new InputError(
        `${file}: the file is missing; restore it, or import its page with "npm run spec:import".`,
      );
    const bytes = readFileSync(path);
    hashes[file] = sha256(bytes);
    return bytes.toString("utf8");
  };
  const provider = parseProvider(read(providerFile));
  const records = parseProvenance(read(provenanceFile));
  const pages = records.map((record) => {
    const { file } = importedFile(record);
    const page = readSourceText(file, read(file));
    const yaml = read(record.document.file);
    for (const kept of [record.page, record.document]) if (kept !== undefined) verifyHash(kept, hashes);
    if (yaml !== page.yaml)
      throw new InputError(
        `${record.document.file}: differs from the block in ${file}; run "npm run spec:import -- ${file}".`,
      );
    return { record, page };
  });
  const samples = list(root, "spec/samples", ".md").map((file) => readDocumentedPage(file, read(file)));
  const overlays = list(root, "spec/overlays", ".yaml").map((file) => ({
    file,
    parsed: parseDocument(file, read(file)),
  }));
  return { pages, samples, overlays, provider, hashes };
}

/** The overlays alone, for what compares contracts without compiling them. */
export function readOverlays(root: string): Overlay[] {
  return list(root, "spec/overlays", ".yaml").map((file) => ({
    file,
    parsed: parseDocument(file, readFileSync(join(root, file), "utf8")),
  }));
}

export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

function verifyHash(
  recorded: { readonly file: string; readonly sha256: string },
  hashes: Readonly<Record<string, string>>,
): void {
  if (hashes[recorded.file] !== recorded.sha256)
    throw new InputError(
      `${recorded.file}: changed since it was imported (sha256 differs from ${provenanceFile}); restore it, or import the new page with "npm run spec:import".`,
    );
}

function list(root: string, folder: string, extension: string): string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => name.endsWith(extension))
    .sort()
    .map((name) => `${folder}/${name}`);
}
