import { dirname, join } from "node:path";
import { isAddress } from "./read-source.ts";

/**
 * The pages that an index lists (`- [Title](address): what it is about`), each once: addresses on the host of the index,
 * in their markdown form, or files beside it.
 *
 * @param source the address or file of the index
 */
export function linksOf(source: string, text: string): string[] {
  const links = [...text.matchAll(/\]\(([^()\s]+)\)/g)].map(([, link = ""]) => link.replace(/#.*$/, ""));
  const resolved = links.flatMap((link) => {
    if (isAddress(source)) return sameHost(source, link);
    if (isAddress(link)) return [asMarkdown(link)];
    return link === "" ? [] : [join(dirname(source), link)];
  });
  return [...new Set(resolved)];
}

function sameHost(source: string, link: string): string[] {
  if (link === "" || !URL.canParse(link, source)) return [];
  const url = new URL(link, source);
  return url.host === new URL(source).host && url.href !== source ? [asMarkdown(url.href)] : [];
}

/** `…/create` is the page that people read; `…/create.md` is the one that is imported. */
function asMarkdown(address: string): string {
  return /\.\w+$/.test(new URL(address).pathname) ? address : `${address.replace(/\/$/, "")}.md`;
}
