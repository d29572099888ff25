import { readDocumentedPage } from "../generate/documented-page.ts";
import { sha256 } from "../generate/inputs.ts";
import type { PageRecord } from "../generate/provenance.ts";
import { isAddress } from "./read-source.ts";
import { refuseUnsafeAddresses } from "./refuse-unsafe-addresses.ts";

/** A page ready to be kept: the files, verbatim, and their record. */
export interface PageImport {
  readonly record: PageRecord;
  /** Content by path from the project's root. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Takes a documented page apart without changing a byte.
 *
 * @param source the page's file name or address, for messages
 * @param text the page
 * @param today YYYY-MM-DD
 * @param known the records so far: a page that didn't change keeps the date of its import
 * @throws InputError when the page has no usable OpenAPI block, or an address of it climbs out with ".."
 */
export function importPage(
  source: string,
  text: string,
  today: string,
  known: readonly PageRecord[],
): PageImport {
  const page = readDocumentedPage(source, text);
  refuseUnsafeAddresses(source, page);
  const name = pageName(page.reference);
  const pageFile = { file: `spec/documented/${name}.md`, sha256: sha256(text) };
  const document = { file: `spec/documented/${name}.yaml`, sha256: sha256(page.yaml) };
  const before = known.find(
    (record) => record.page.file === pageFile.file && record.page.sha256 === pageFile.sha256,
  );
  return {
    record: {
      address: page.reference,
      ...(isAddress(source) && { source }),
      imported: before?.imported ?? today,
      page: pageFile,
      document,
    },
    files: new Map([
      [pageFile.file, text],
      [document.file, page.yaml],
    ]),
  };
}

/** The last two segments of the page's address: `…/api-reference/single-use/create` → `single-use-create`. */
function pageName(address: string): string {
  const segments = new URL(address).pathname.split("/").filter((segment) => segment !== "");
  const name = segments
    .slice(-2)
    .join("-")
    .replace(/\.md$/, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  return name.replace(/^-+|-+$/g, "") || "page";
}
