import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { HarError } from "./har-error.ts";
import { entriesOf, type ParsedHar, parseHar, parseJson } from "./parse-har.ts";
import { isObject } from "./read-har-entry.ts";

/**
 * Reads a HAR file, and the bodies that Playwright keeps in files beside it (`content: "attach"`).
 *
 * @throws {HarError} when it can't be read or is no HAR
 */
export async function readHar(file: string): Promise<ParsedHar> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new HarError(`${file} can't be read (${code}): name a HAR file that this user may read`);
  }
  return parseHar(text, file, await readAttachments(text, file));
}

async function readAttachments(text: string, file: string): Promise<ReadonlyMap<string, Uint8Array>> {
  if (!text.includes('"_file"')) return new Map();
  const names = entriesOf(parseJson(text.replace(/^\ufeff/, ""), file), file).flatMap((entry) => {
    const response = isObject(entry) ? entry["response"] : undefined;
    const content = isObject(response) ? response["content"] : undefined;
    const name = isObject(content) ? content["_file"] : undefined;
    // A name with a folder in it would lead out of the recording: such a body counts as not kept.
    return typeof name === "string" && name === basename(name) ? [name] : [];
  });
  const bodies = await Promise.all(
    [...new Set(names)].map(async (name) => {
      const body = await readFile(join(dirname(file), name)).catch(() => undefined);
      return body === undefined ? [] : [[name, new Uint8Array(body)] as const];
    }),
  );
  return new Map(bodies.flat());
}
