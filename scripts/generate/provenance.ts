import { InputError } from "../cli/input-error.ts";
import { isObject, type Json } from "./json.ts";

/** Where the record of the imported pages is kept. */
export const provenanceFile = "spec/documented/provenance.json";

/** Where a documented page, or an OpenAPI document in its place, came from, when, and what it was. */
export interface PageRecord {
  /** The page's own address; `file:NAME` for what was imported from a file that names none. */
  readonly address: string;
  /** The address that it was fetched from, when it was: that of its markdown form. */
  readonly source?: string;
  /** Date of the import, YYYY-MM-DD. */
  readonly imported: string;
  /** The page; missing where the OpenAPI document itself was imported. */
  readonly page?: FileRecord;
  /** The page's YAML block, or the OpenAPI document. */
  readonly document: FileRecord;
}

/** The file that was imported, as opposed to what was taken out of it. */
export function importedFile({ page, document }: PageRecord): FileRecord {
  return page ?? document;
}

/** All files of a record. */
export function filesOf({ page, document }: PageRecord): string[] {
  return [...(page === undefined ? [] : [page.file]), document.file];
}

export interface FileRecord {
  /** Path from the project's root. */
  readonly file: string;
  readonly sha256: string;
}

/** @throws InputError when the record isn't what `spec:import` writes */
export function parseProvenance(text: string): PageRecord[] {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new InputError(
      `${provenanceFile}: not JSON; restore it, or import the pages again with "npm run spec:import".`,
    );
  }
  const pages = isObject(data) ? data["pages"] : undefined;
  if (!Array.isArray(pages) || pages.length === 0)
    throw new InputError(`${provenanceFile}: names no page; import one with "npm run spec:import -- FILE".`);
  return pages.map((entry, index) => pageRecord(entry, `${provenanceFile}: pages[${index}]`));
}

export function formatProvenance(pages: readonly PageRecord[]): string {
  const sorted = [...pages].sort((a, b) => (importedFile(a).file < importedFile(b).file ? -1 : 1));
  return `${JSON.stringify({ pages: sorted }, null, 2)}\n`;
}

function pageRecord(entry: Json, at: string): PageRecord {
  if (!isObject(entry)) throw new InputError(`${at} is not an object; import the page again.`);
  return {
    address: text(entry["address"], `${at}.address`),
    ...(entry["source"] !== undefined && { source: text(entry["source"], `${at}.source`) }),
    imported: text(entry["imported"], `${at}.imported`),
    ...(entry["page"] !== undefined && { page: fileRecord(entry["page"], `${at}.page`) }),
    document: fileRecord(entry["document"], `${at}.document`),
  };
}

function fileRecord(entry: Json | undefined, at: string): FileRecord {
  if (!isObject(entry)) throw new InputError(`${at} is not an object; import the page again.`);
  const file = text(entry["file"], `${at}.file`);
  if (!/^spec\/documented\/[\w.-]+$/.test(file))
    throw new InputError(`${at}.file: "${file}" is not a file in spec/documented/; import the page again.`);
  return { file, sha256: text(entry["sha256"], `${at}.sha256`) };
}

function text(value: Json | undefined, at: string): string {
  if (typeof value !== "string" || value === "")
    throw new InputError(`${at} is missing; import the page again.`);
  return value;
}
