import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../cli/input-error.ts";
import type { DocumentedPage } from "../generate/documented-page.ts";
import type { ImportedPage } from "../generate/inputs.ts";
import { operationsOf } from "../generate/operations-of.ts";
import { parseDocument } from "../generate/parse-document.ts";
import {
  filesOf,
  formatProvenance,
  importedFile,
  type PageRecord,
  parseProvenance,
  provenanceFile,
} from "../generate/provenance.ts";
import { readSourceText } from "../generate/source-text.ts";
import { importPage } from "./import-page.ts";

/** A page to import: where it came from, and its text. */
export interface GivenPage {
  readonly source: string;
  readonly text: string;
}

/** What a change of the imported pages begins with. */
export interface PageChange {
  readonly given?: readonly GivenPage[];
  /** Files or addresses of pages that are no more. */
  readonly removed?: readonly string[];
  /** The given pages take the place of all that there are, as those of another provider do. Default false. */
  readonly isWhole?: boolean;
}

/** The pages that there are after a change, and what is to be written for it. */
export interface ChangedPages {
  readonly pages: readonly ImportedPage[];
  /** Content by path from the root; undefined for a file that is to be deleted. */
  readonly files: ReadonlyMap<string, string | undefined>;
  /** One sentence for each page that another one takes the place of. */
  readonly moved: readonly string[];
}

/**
 * Works out which pages there will be. A page whose operations all stand on given pages at other addresses has moved, or
 * was split: those take its place.
 *
 * @throws InputError when a page can't be used, is given twice, or one to be removed isn't there
 */
export function takeApart(
  root: string,
  { given = [], removed = [], isWhole = false }: PageChange,
  today: string,
): ChangedPages {
  const provenance = readIfThere(root, provenanceFile);
  const known = provenance === undefined ? [] : parseProvenance(provenance);
  const gone = isWhole ? known : removed.map((name) => recordOf(known, name));
  const files = new Map<string, string | undefined>(gone.flatMap(filesOf).map((file) => [file, undefined]));
  const sources = new Map<string, GivenPage>();
  let records = known.filter((record) => !gone.includes(record));
  for (const page of given) {
    const { record, files: content } = importPage(page.source, page.text, today, records);
    const { file } = importedFile(record);
    if (sources.has(file))
      throw new InputError(`${page.source}: the page ${record.address} is given twice; give it once.`);
    records = [...records.filter(({ address }) => address !== record.address), record];
    for (const [name, text] of content) files.set(name, text);
    sources.set(file, page);
  }
  const added = records.filter(({ address }) => !known.some((record) => record.address === address));
  const moved = movedPages(root, known, records, added, sources);
  records = records.filter((record) => !moved.includes(record));
  for (const file of moved.flatMap(filesOf)) files.set(file, undefined);
  if (records.length === 0)
    throw new InputError(`${provenanceFile}: would list no page; a contract needs at least one.`);
  files.set(provenanceFile, formatProvenance(records));
  return {
    // The order in which `generate` reads them, so that both merge alike.
    pages: parseProvenance(formatProvenance(records)).map((record) => ({
      record,
      page: pageOf(root, record, sources),
    })),
    files,
    moved: moved.map(
      (record) => `${importedFile(record).file}: its operations are now on other pages, which replace it.`,
    ),
  };
}

function recordOf(known: readonly PageRecord[], name: string): PageRecord {
  const plain = (address: string): string => address.replace(/\.md$/, "");
  const found = known.find(
    (record) => filesOf(record).includes(name.replace(/^\.\//, "")) || record.address === plain(name),
  );
  if (found === undefined)
    throw new InputError(
      `${name}: not an imported page; give its file or its address as in ${provenanceFile}.`,
    );
  return found;
}

function movedPages(
  root: string,
  known: readonly PageRecord[],
  records: readonly PageRecord[],
  added: readonly PageRecord[],
  sources: ReadonlyMap<string, GivenPage>,
): PageRecord[] {
  if (added.length === 0) return [];
  const documented = new Set(added.flatMap((record) => operationKeys(pageOf(root, record, sources))));
  return records.filter((record) => {
    if (!known.includes(record) || sources.has(importedFile(record).file)) return false;
    const keys = operationKeys(pageOf(root, record, sources));
    return keys.length > 0 && keys.every((key) => documented.has(key));
  });
}

/** `get /v1/things/{}` for each operation of a page, parameter names aside. */
function operationKeys(page: DocumentedPage): string[] {
  const { data } = parseDocument(page.file, page.yaml, page.yamlLine);
  return operationsOf(data).map(
    ({ method, template }) => `${method} ${template.replaceAll(/\{[^{}]*\}/g, "{}")}`,
  );
}

/** The places in a page that is being imported are those in what was given: the file that it will be is not there yet. */
function pageOf(root: string, record: PageRecord, sources: ReadonlyMap<string, GivenPage>): DocumentedPage {
  const { file } = importedFile(record);
  const given = sources.get(file);
  if (given !== undefined) return readSourceText(given.source, given.text);
  const text = readIfThere(root, file);
  if (text === undefined)
    throw new InputError(`${file}: the file is missing; restore it, or import its page again.`);
  return readSourceText(file, text);
}

function readIfThere(root: string, file: string): string | undefined {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
