import type { Contract } from "../contract/contract.ts";
import { listOr, objectOr } from "../contract/json-object.ts";

/** Where a contract's servers stand: whole addresses, and the paths that its own paths leave out. */
export interface DocumentedServers {
  /** `https://api.example/v2`: whole addresses, without a slash at the end. */
  readonly addresses: ReadonlySet<string>;
  /** `https://api.example`; servers whose address is only a path have none. */
  readonly origins: ReadonlySet<string>;
  /** `/v2`, the longest first; without the empty one. */
  readonly paths: readonly string[];
  /** A server's address has no path, or none is documented at all. */
  readonly hasRoot: boolean;
}

/** More addresses than these are not written out: two variables of a hundred values make ten thousand. */
const most = 1_000;

/**
 * Servers of the document, its paths and its operations, with every documented value of their variables (OpenAPI 3.1,
 * sections 4.8.5 and 4.8.6: the default, or one of `enum`).
 */
export function documentedServers({ document }: Contract): DocumentedServers {
  const items = Object.values(objectOr(document["paths"])).map(objectOr);
  const operations = items.flatMap((item) => Object.values(item).map(objectOr));
  const servers = [document, ...items, ...operations].flatMap((owner) => listOr(owner["servers"]));
  const addresses = new Set<string>();
  const origins = new Set<string>();
  const paths = new Set<string>();
  let hasRoot = servers.length === 0;
  for (const address of servers.flatMap(addressesOf)) {
    if (!URL.canParse(address, relative)) continue;
    const { origin, pathname } = new URL(address, relative);
    const path = pathname.replace(/\/$/, "");
    if (origin !== relative && origin !== "null") {
      origins.add(origin);
      addresses.add(origin + path);
    }
    if (path === "") hasRoot = true;
    else paths.add(path);
  }
  return { addresses, origins, paths: [...paths].sort((a, b) => b.length - a.length), hasRoot };
}

/** Stands in for the document's own address, which nobody knows here. */
const relative = "http://relative.invalid";

function addressesOf(server: unknown): string[] {
  const { url, variables } = objectOr(server);
  if (typeof url !== "string") return [];
  let addresses = [url];
  for (const [name, variable] of Object.entries(objectOr(variables))) {
    const { default: usual, enum: others } = objectOr(variable);
    const values = new Set([usual, ...listOr(others)].map(String));
    addresses = addresses
      .flatMap((address) => [...values].map((value) => address.replaceAll(`{${name}}`, value)))
      .slice(0, most);
  }
  return addresses;
}
