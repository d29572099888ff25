import { InputError } from "../cli/input-error.ts";
import type { DocumentedPage } from "./documented-page.ts";
import { isObject, type JsonObject, valueAt } from "./json.ts";
import { operationsOf } from "./operations-of.ts";
import type { PlaceInPage } from "./place-in-page.ts";

/**
 * A file is named after the page's address, and requests with a key go to its servers and paths: none of them may lead
 * elsewhere by "..", name a user, or leave open which host is meant.
 *
 * @param document the page's, repaired
 * @throws InputError with the place of the first that does
 */
export function refuseUnsafeAddresses(page: DocumentedPage, document: JsonObject, place: PlaceInPage): void {
  if (page.reference !== undefined) refuseUnsafe(page.file, page.reference);
  if (page.endpoint !== undefined) refuseUnsafe(`${page.file}:${page.endpoint.line}`, page.endpoint.url);
  for (const template of Object.keys(isObject(document["paths"]) ? document["paths"] : {}))
    refuseClimbing(place(["paths", template]), template);
  for (const { url, path } of serversOf(document)) {
    const at = place(path);
    refuseUnsafe(at, url);
    if (/^[a-z][a-z0-9+.-]*:/i.test(url) && !/^https?:\/\/[^/?#]+([/?#]|$)/i.test(url))
      throw new InputError(
        `${at}: the server ${url} isn't an https: address with only a host; correct the page at its source.`,
      );
    if (/^\s*[/\\]{2}/.test(url))
      throw new InputError(
        `${at}: the server ${url} has no scheme, so the key might be sent unencrypted; put https: before it.`,
      );
  }
}

function refuseUnsafe(at: string, address: string): void {
  refuseClimbing(at, address);
  if (/^[a-z][a-z0-9+.-]*:[/\\]*[^/\\?#]*@/i.test(address) || /^[/\\]{2}[^/\\?#]*@/.test(address))
    throw new InputError(
      `${at}: the address ${withoutUser(address)} contains a user, but only a host is allowed; correct the page at its source.`,
    );
}

/** Whatever stands before the last @ of the host's part may be a password. */
function withoutUser(address: string): string {
  const host = /^(?:[a-z][a-z0-9+.-]*:)?[/\\]*/i.exec(address)?.[0].length ?? 0;
  const length = address.slice(host).search(/[/\\?#]/);
  const end = length === -1 ? address.length : host + length;
  return `${address.slice(0, host)}…${address.slice(address.lastIndexOf("@", end))}`;
}

function refuseClimbing(at: string, address: string): void {
  if (/(^|[/\\]|%2f|%5c)(\.|%2e){2}([/\\?#]|%2f|%5c|$)/i.test(address.trim()))
    throw new InputError(
      `${at}: the path ${address.trim()} escapes with ".."; correct the page at its source.`,
    );
}

/** The servers of the document, of its paths and of its operations. */
function serversOf(document: JsonObject) {
  const operations = operationsOf(document).map(({ path }) => path);
  const owners = [[], ...operations.map((path) => path.slice(0, -1)), ...operations];
  return owners.flatMap((owner) => {
    const servers = valueAt(document, [...owner, "servers"]);
    return (Array.isArray(servers) ? servers : []).flatMap((server, index) => {
      const url = isObject(server) ? server["url"] : undefined;
      return typeof url === "string" ? [{ url, path: [...owner, "servers", index, "url"] }] : [];
    });
  });
}
