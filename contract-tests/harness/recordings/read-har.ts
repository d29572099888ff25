import { lstat, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { unreadableFile } from "../http/unreadable-file.ts";
import { HarError } from "./har-error.ts";
import { entriesOf, type ParsedHar, parseHar, parseJson } from "./parse-har.ts";
import { isObject } from "./read-har-entry.ts";

/** As Playwright names the bodies that it attaches: the SHA-1 of the content and a file extension. */
const ATTACHMENT = /^[0-9a-f]{40}\.[a-z0-9]{1,16}$/i;
const LARGEST_ATTACHMENT = 64 * 1_048_576;

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
    throw new HarError(`${file} can't be read (${unreadableFile(error)}): name a readable HAR file`);
  }
  return parseHar(text, file, await readAttachments(text, file));
}

async function readAttachments(text: string, file: string): Promise<ReadonlyMap<string, Uint8Array>> {
  if (!text.includes('"_file"')) return new Map();
  const names = entriesOf(parseJson(text.replace(/^\ufeff/, ""), file), file).flatMap((entry) => {
    const response = isObject(entry) ? entry["response"] : undefined;
    const content = isObject(response) ? response["content"] : undefined;
    const name = isObject(content) ? content["_file"] : undefined;
    // Any other name could be of any file: such a body counts as not kept.
    return typeof name === "string" && ATTACHMENT.test(name) ? [name] : [];
  });
  const bodies = await Promise.all(
    [...new Set(names)].map(async (name) => {
      const body = await readAttachment(join(dirname(file), name));
      return body === undefined ? [] : [[name, new Uint8Array(body)] as const];
    }),
  );
  return new Map(bodies.flat());
}

/** Links and devices are no bodies, and nothing may fill the memory. */
async function readAttachment(path: string): Promise<Uint8Array | undefined> {
  try {
    const found = await lstat(path);
    return found.isFile() && found.size <= LARGEST_ATTACHMENT ? await readFile(path) : undefined;
  } catch {
    return undefined;
  }
}
