import { createHash } from "node:crypto";
import { basename } from "node:path";
import { sha256 } from "../generate/inputs.ts";
import { importedFile, type PageRecord } from "../generate/provenance.ts";
import { isOpenApiText, readSourceText } from "../generate/source-text.ts";
import { isAddress } from "./read-source.ts";

/** A page ready to be kept: the files, verbatim, and their record. */
export interface PageImport {
  readonly record: PageRecord;
  /** Content by path from the project's root. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Takes a documented page, or an OpenAPI document in its place, apart without changing a byte.
 *
 * @param source its file name or address, for messages
 * @param today YYYY-MM-DD
 * @param known the records so far: a page that didn't change keeps the date of its import, and one that has the name of
 *   another page gets a longer one
 * @throws InputError when the page has no usable OpenAPI block
 */
export function importPage(
  source: string,
  text: string,
  today: string,
  known: readonly PageRecord[],
): PageImport {
  const page = readSourceText(source, text);
  const isDocument = isOpenApiText(text);
  const address = page.reference ?? addressOf(source, known);
  const name = nameOf(address, known);
  const extension = isDocument && /^\ufeff?\s*\{/.test(text) ? "json" : "yaml";
  const document = { file: `spec/documented/${name}.${extension}`, sha256: sha256(page.yaml) };
  const kept = isDocument ? document : { file: `spec/documented/${name}.md`, sha256: sha256(text) };
  const before = known
    .map(importedFile)
    .find(({ file, sha256 }) => file === kept.file && sha256 === kept.sha256);
  const imported = known.find((record) => before !== undefined && importedFile(record) === before)?.imported;
  return {
    record: {
      address,
      ...(isAddress(source) && { source }),
      imported: imported ?? today,
      ...(!isDocument && { page: kept }),
      document,
    },
    files: new Map([
      [kept.file, text],
      [document.file, page.yaml],
    ]),
  };
}

/** The address of a page that doesn't say its own: where it was fetched, without the markdown form's ending. */
function addressOf(source: string, known: readonly PageRecord[]): string {
  const kept = known.find((record) => source.replaceAll("\\", "/").endsWith(importedFile(record).file));
  if (kept !== undefined) return kept.address;
  return isAddress(source) ? source.replace(/\.md$/, "") : `file:${basename(source)}`;
}

/**
 * The last two segments of the page's address: `…/api-reference/single-use/create` → `single-use-create`; more of them
 * where another page has that name already.
 */
function nameOf(address: string, known: readonly PageRecord[]): string {
  const present = known.find((record) => record.address === address);
  if (present !== undefined) return basename(importedFile(present).file).replace(/\.\w+$/, "");
  const taken = new Set(known.map((record) => basename(importedFile(record).file).replace(/\.\w+$/, "")));
  const segments = new URL(address).pathname.split("/").filter((segment) => segment !== "");
  for (let count = 2; count <= segments.length; count += 1) {
    const name = fileName(segments.slice(-count));
    if (!taken.has(name)) return name;
  }
  const name = fileName(segments.slice(-2));
  return taken.has(name) ? `${name}-${createHash("sha256").update(address).digest("hex").slice(0, 8)}` : name;
}

/** No file system takes names of more than 255 bytes; a shortened one stays unique by its end. */
const longestName = 120;

function fileName(segments: readonly string[]): string {
  const name = segments
    .join("-")
    .replace(/\.(md|ya?ml|json)$/, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  if (name.length <= longestName) return name || "page";
  return `${name.slice(0, longestName)}-${createHash("sha256").update(name).digest("hex").slice(0, 8)}`;
}
