import { InputError } from "../cli/input-error.ts";
import type { DocumentedPage } from "../generate/documented-page.ts";
import { isObject, type JsonObject, valueAt } from "../generate/json.ts";
import { operationsOf } from "../generate/operations-of.ts";
import { parseDocument } from "../generate/parse-document.ts";

/**
 * A file is named after the page's address, and requests with a key go to its servers and paths: none of them may lead
 * elsewhere by "..", and a server is one that HTTP reaches.
 *
 * @param source the page's file name or address, for messages
 * @throws InputError with the place of the first that does
 */
export function refuseUnsafeAddresses(source: string, page: DocumentedPage): void {
  const { data, lineOf } = parseDocument(source, page.yaml, page.yamlLine);
  const refuseClimbing = (at: string, address: string): void => {
    if (/(^|[/\\]|%2f|%5c)(\.|%2e){2}([/\\?#]|%2f|%5c|$)/i.test(address.trim()))
      throw new InputError(
        `${at}: the path ${address.trim()} climbs out with ".."; correct the page at its source.`,
      );
  };
  refuseClimbing(source, page.reference);
  refuseClimbing(`${source}:${page.endpoint.line}`, page.endpoint.url);
  for (const template of Object.keys(isObject(data["paths"]) ? data["paths"] : {}))
    refuseClimbing(`${source}:${lineOf(["paths", template])}`, template);
  for (const { url, path } of serversOf(data)) {
    const at = `${source}:${lineOf(path)}`;
    refuseClimbing(at, url);
    if (/^[a-z][a-z0-9+.-]*:/i.test(url) && !/^https?:\/\/[^/?#@]+([/?#]|$)/i.test(url))
      throw new InputError(
        `${at}: the server ${url} is no https: address of a host alone; correct the page at its source.`,
      );
  }
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
