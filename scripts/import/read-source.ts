import { createReadStream, existsSync, statSync } from "node:fs";
import { InputError } from "../cli/input-error.ts";
import { fetchPage } from "./fetch-page.ts";
import { readText, type SourceLimits, sourceLimits } from "./read-text.ts";

/**
 * The text of a documented page, from a file or an address.
 *
 * @throws InputError when there is no such file, or the address can't be read within the limits
 */
export async function readSource(source: string, limits: SourceLimits = sourceLimits): Promise<string> {
  if (isAddress(source)) return fetchPage(source, limits);
  if (!existsSync(source))
    throw new InputError(
      `${source}: no such file; give the markdown file, or the https address, of a documented page.`,
    );
  if (!statSync(source).isFile())
    throw new InputError(`${source}: not a file; give the markdown file of a documented page.`);
  return readText(source, createReadStream(source), limits.bytes);
}

export function isAddress(source: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(source);
}
