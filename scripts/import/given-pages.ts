import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../cli/input-error.ts";
import { isOpenApiText } from "../generate/source-text.ts";
import { linksOf } from "./links-of.ts";
import { isAddress, readSource } from "./read-source.ts";
import type { GivenPage } from "./take-apart.ts";

/** What was asked to be imported, read. */
export interface GivenPages {
  readonly pages: readonly GivenPage[];
  /** One sentence for each page of a folder or an index that documents no operation. */
  readonly leftOut: readonly string[];
}

/** So many addresses are fetched at a time. */
const atATime = 4;

/** A reference has some hundred pages; an index of more is none. */
const mostPages = 2_000;

/**
 * Reads documented pages: files and addresses of pages or OpenAPI documents, folders of them, and indexes (`llms.txt`,
 * https://llmstxt.org) that list their addresses. What is named must be usable; of a folder or an index, pages that
 * document no operation (guides) are left out, and told.
 *
 * @param only of folders and indexes, the pages whose address holds this text
 * @throws InputError when something can't be read, or nothing is left
 */
export async function givenPages(sources: readonly string[], only = ""): Promise<GivenPages> {
  const pages: GivenPage[] = [];
  const leftOut: string[] = [];
  for (const source of sources) {
    const listed = await listedIn(source);
    if (listed === undefined) {
      pages.push({ source, text: await readSource(source) });
      continue;
    }
    const members = listed.filter((member) => member.includes(only));
    if (members.length > mostPages)
      throw new InputError(
        `${source}: lists ${members.length} pages, more than ${mostPages}; select some with --only TEXT.`,
      );
    const read = await readAll(members);
    const usable = read.filter(({ text }) => documentsOperation(text));
    for (const { source: member } of read.filter(({ text }) => !documentsOperation(text)))
      leftOut.push(`${member}: skipped, since it has no OpenAPI block`);
    if (usable.length === 0)
      throw new InputError(
        `${source}: lists no documented API page${only === "" ? "" : ` whose address contains "${only}"`}; give the pages themselves.`,
      );
    pages.push(...usable);
  }
  return { pages, leftOut };
}

/** The members of a folder or an index; undefined for anything else. */
async function listedIn(source: string): Promise<string[] | undefined> {
  if (/(^|\/)llms[\w-]*\.txt$/i.test(source)) return linksOf(source, await readSource(source));
  if (isAddress(source) || !existsSync(source) || !statSync(source).isDirectory()) return undefined;
  return readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(md|ya?ml|json)$/i.test(name))
    .sort()
    .map((name) => join(source, name));
}

async function readAll(sources: readonly string[]): Promise<GivenPage[]> {
  const read: GivenPage[] = [];
  for (let start = 0; start < sources.length; start += atATime)
    read.push(
      ...(await Promise.all(
        sources
          .slice(start, start + atATime)
          .map(async (source) => ({ source, text: await readSource(source) })),
      )),
    );
  return read;
}

function documentsOperation(text: string): boolean {
  if (!isOpenApiText(text)) return /^```ya?ml[ \t\r]*\nopenapi:/m.test(text);
  return text.includes('"openapi"') || /^["']?openapi["']?[ \t]*:/m.test(text);
}
