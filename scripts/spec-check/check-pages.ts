import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../cli/input-error.ts";
import { importedFile, type PageRecord, parseProvenance, provenanceFile } from "../generate/provenance.ts";
import { planImport } from "../import/plan-import.ts";
import { readSource } from "../import/read-source.ts";
import { type SourceLimits, sourceLimits } from "../import/read-text.ts";
import type { GivenPage } from "../import/take-apart.ts";
import type { ContractDiff } from "../spec-diff/change.ts";

/** How the imported pages compare with what the provider publishes now. */
export interface PageCheck {
  /** Pages that have other bytes now, and where they were fetched. */
  readonly changed: readonly { readonly file: string; readonly source: string }[];
  readonly unchanged: readonly string[];
  /** What was imported from a file that names no address: nothing tells whether there is a newer one. */
  readonly unchecked: readonly string[];
  /** One sentence for each page that could not be read or used. */
  readonly failures: readonly string[];
  /** What the changed pages mean for the contract; missing when none could be compared. */
  readonly diff: ContractDiff | undefined;
}

/**
 * Fetches every imported page again and compares. Nothing is written.
 *
 * @param root the project's root folder
 * @param origin replaces the scheme and host of every address, for mirrors and tests
 * @throws InputError when nothing was imported
 */
export async function checkPages(
  root: string,
  { origin, limits = sourceLimits }: { origin?: string | undefined; limits?: SourceLimits } = {},
): Promise<PageCheck> {
  const path = join(root, provenanceFile);
  if (!existsSync(path))
    throw new InputError(
      `${provenanceFile}: nothing was imported; import a page with "npm run spec:import".`,
    );
  const changed: GivenPage[] = [];
  const changedPages: { file: string; source: string }[] = [];
  const unchanged: string[] = [];
  const failures: string[] = [];
  const unchecked: string[] = [];
  for (const record of parseProvenance(readFileSync(path, "utf8"))) {
    const { file } = importedFile(record);
    const source = sourceOf(record, origin);
    if (source === undefined) {
      unchecked.push(file);
      continue;
    }
    try {
      const text = await readSource(source, limits);
      const kept = join(root, file);
      if (existsSync(kept) && text === readFileSync(kept, "utf8")) unchanged.push(file);
      else {
        changed.push({ source, text });
        changedPages.push({ file, source });
      }
    } catch (error) {
      failures.push(ifGone(sentence(error), file));
    }
  }
  const check = { changed: changedPages, unchanged, unchecked, failures };
  if (changed.length === 0) return { ...check, diff: undefined };
  try {
    const { diff } = await planImport(root, { given: changed }, "1970-01-01");
    return { ...check, diff };
  } catch (error) {
    return { ...check, failures: [...failures, sentence(error)], diff: undefined };
  }
}

/** 2 when any page could not be told, or none was looked at, else 1 when any changed, else 0. */
export function exitCodeOf({
  changed,
  unchanged,
  failures,
}: Pick<PageCheck, "changed" | "unchanged" | "failures">): 0 | 1 | 2 {
  if (failures.length > 0 || changed.length + unchanged.length === 0) return 2;
  return changed.length > 0 ? 1 : 0;
}

/** Where a page is fetched: where it was fetched before, or the markdown form of its address. */
function sourceOf({ source, address }: PageRecord, origin: string | undefined): string | undefined {
  if (source === undefined && address.startsWith("file:")) return undefined;
  const url = new URL(source ?? `${address}.md`);
  if (origin === undefined) return url.href;
  if (!URL.canParse(origin))
    throw new InputError(`--origin ${origin}: not an address such as https://mirror.example.com.`);
  return new URL(url.pathname + url.search, origin).href;
}

/** A page that is no more stays in the contract until somebody takes it out. */
function ifGone(failure: string, file: string): string {
  if (!/ answered (404|410);/.test(failure)) return failure;
  return `${failure} If the page is gone for good, take it out: npm run spec:remove -- ${file}`;
}

function sentence(error: unknown): string {
  if (error instanceof InputError) return error.message;
  throw error;
}
