import { readFile, stat } from "node:fs/promises";
import { unreadableFile } from "../http/unreadable-file.ts";

/** What all files of a contract may hold together: the largest public OpenAPI documents have some 40 MB. */
export const maxDocumentBytes = 64 * 1024 * 1024;
const maxRedirects = 5;
const patienceMs = 30_000;

/** True for an address that is fetched; everything else is a file's path. */
export function isWebAddress(location: string): boolean {
  return /^https?:\/\//i.test(location);
}

/** How a location is written in messages and reports: an address without its query, which may hold a token. */
export function shownLocation(location: string): string {
  if (!isWebAddress(location)) return location;
  return location.replace(/[?#].*$/s, "").replace(/^(https?:\/\/)[^/]*@/i, "$1");
}

/**
 * The bytes at a path or an http(s) address, or why they can't be had, in words that go behind a colon. An address is
 * given 30 seconds, five redirects, none of them from https to http, and 64 MiB.
 */
export function fetchDocument(location: string): Promise<Uint8Array | string> {
  return isWebAddress(location) ? fromWeb(location) : fromFile(location);
}

async function fromFile(path: string): Promise<Uint8Array | string> {
  try {
    const { size } = await stat(path);
    return size > maxDocumentBytes ? tooLarge : await readFile(path);
  } catch (error) {
    return unreadableFile(error);
  }
}

async function fromWeb(address: string): Promise<Uint8Array | string> {
  if (!URL.canParse(address)) return "it isn't a valid URL";
  let url = new URL(address);
  if (url.username !== "" || url.password !== "") return withUser;
  const signal = AbortSignal.timeout(patienceMs);
  try {
    for (let hop = 0; hop <= maxRedirects; hop++) {
      const accept = "application/vnd.oai.openapi, application/yaml, application/json, */*;q=0.5";
      const response = await fetch(url, { redirect: "manual", signal, headers: { accept } });
      const to = response.headers.get("location");
      if (response.status >= 300 && response.status < 400 && to !== null) {
        await response.body?.cancel();
        const next = URL.canParse(to, url) ? new URL(to, url) : undefined;
        if (!next || !isWebAddress(next.href)) return "it redirects to something other than an http(s) URL";
        if (next.username !== "" || next.password !== "") return withUser;
        if (url.protocol === "https:" && next.protocol === "http:") return "it redirects from https to http";
        url = next;
        continue;
      }
      if (response.status !== 200) {
        await response.body?.cancel();
        return `the server answered ${response.status}`;
      }
      return await bounded(response);
    }
    return `it redirects more than ${maxRedirects} times`;
  } catch (error) {
    return signal.aborted ? `it didn't arrive within ${patienceMs / 1_000} s` : reasonOf(error);
  }
}

const tooLarge = `it is larger than ${maxDocumentBytes / 1024 / 1024} MiB`;
const withUser = "its URL contains a user or a password, which would end up in reports; download it instead";

async function bounded(response: Response): Promise<Uint8Array | string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let read = await reader?.read(); read?.value; read = await reader?.read()) {
    size += read.value.byteLength;
    chunks.push(read.value);
    if (size <= maxDocumentBytes) continue;
    await reader?.cancel();
    return tooLarge;
  }
  return Buffer.concat(chunks);
}

/** What `fetch` throws says "fetch failed"; why, its cause says. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as Error; // what fetch throws
  const { code, message: why } = (cause ?? {}) as NodeJS.ErrnoException;
  return code ?? why ?? message;
}
