import { InputError } from "../cli/input-error.ts";

/** How much a page may weigh and how long it may take; the largest known page has 200 kB. */
export interface SourceLimits {
  readonly bytes: number;
  readonly milliseconds: number;
}

export const sourceLimits: SourceLimits = { bytes: 5_000_000, milliseconds: 20_000 };

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
        `${source}: more than ${bytes / 1e6} MB, too large for a documented page; give the markdown of a single page.`,
      );
    chunks.push(chunk);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new InputError(`${source}: not UTF-8 text; give the markdown of a documented page.`);
  }
}
