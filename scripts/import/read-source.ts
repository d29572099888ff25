import { createReadStream, existsSync, statSync } from "node:fs";
import { InputError } from "../cli/input-error.ts";
import { fetchPage } from "./fetch-page.ts";

/** How much a page may weigh and how long it may take; the largest known page has 200 kB. */
export interface SourceLimits {
  readonly bytes: number;
  readonly milliseconds: number;
}

export const sourceLimits: SourceLimits = { bytes: 5_000_000, milliseconds: 20_000 };

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

/**
 * Reads UTF-8 text up to a limit, and no byte further.
 *
 * @throws InputError when there is more, or it isn't text
 */
export async function readText(
  source: string,
  stream: AsyncIterable<Uint8Array>,
  bytes: number,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > bytes)
      throw new InputError(
        `${source}: more than ${bytes / 1e6} MB, which is no documented page; give the markdown of a single page.`,
      );
    chunks.push(chunk);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new InputError(`${source}: not UTF-8 text; give the markdown of a documented page.`);
  }
}
