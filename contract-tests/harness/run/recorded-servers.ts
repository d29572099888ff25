import type { Contract } from "../contract/contract.ts";
import { listOr, objectOr } from "../contract/json-object.ts";
import { linearPattern, type TextPattern } from "../schema/linear-pattern.ts";

/** Where a contract's servers stand: whole addresses, and the paths that its own paths leave out. */
export interface DocumentedServers {
  /** `https://api.example/v2`: whole addresses, without a slash at the end. */
  readonly addresses: ReadonlySet<string>;
  /** `/v2`, the longest first; without the empty one. */
  readonly paths: readonly string[];
  /** A server's address has no path, or none is documented at all. */
  readonly hasRoot: boolean;
  /** Whether `https://api.example` is the origin of one of them, by whatever values its variables have. */
  isOrigin(origin: string): boolean;
  /** What is left of a path below those of the servers, the longest of them first. */
  below(path: string): readonly string[];
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
  const free = servers.flatMap(freeForms);
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
  const longestFirst = [...paths].sort((a, b) => b.length - a.length);
  return {
    addresses,
    paths: longestFirst,
    hasRoot,
    isOrigin: (origin) => origins.has(origin) || free.some((form) => form.origin?.test(origin)),
    below: (path) => [
      ...longestFirst.flatMap((prefix) => (path.startsWith(`${prefix}/`) ? [path.slice(prefix.length)] : [])),
      ...free.flatMap((form) => {
        const end = slashesOf(path).find((at) => form.path?.test(path.slice(0, at)));
        return end === undefined ? [] : [path.slice(end)];
      }),
    ],
  };
}

interface FreeForm {
  readonly origin?: TextPattern;
  /** Matches the beginning of a path, up to the slash of the contract's own. */
  readonly path?: TextPattern;
}

/**
 * Forms of an address whose variables have no `enum`: any value fits, as long as it has as many labels or segments as the
 * default (`https://{tenant}.example` is any tenant's). Where nothing of the host is fixed, it tells nothing.
 */
function freeForms(server: unknown): FreeForm[] {
  const { url, variables } = objectOr(server);
  const [, address = "", path = ""] = /^(https?:\/\/[^/]+)?(.*)$/s.exec(String(url)) ?? [];
  const values = new Map(
    Object.entries(objectOr(variables)).map(([name, variable]) => [name, objectOr(variable)] as const),
  );
  const isFree = (part: string) =>
    [...part.matchAll(placeholder)].some(([, name = ""]) => !values.get(name)?.["enum"]);
  const pattern = (part: string, divider: string, one: string) =>
    part
      .split(placeholder)
      .map((text, index) => {
        if (index % 2 === 0) return escaped(text);
        const { enum: listed, default: usual } = values.get(text) ?? {};
        if (Array.isArray(listed))
          return `(?:${[usual, ...listed].map((value) => escaped(String(value))).join("|")})`;
        const repeated = String(usual ?? "").split(divider).length - 1;
        return repeated === 0 ? one : `${one}(?:${escaped(divider)}${one}){${repeated}}`;
      })
      .join("");
  const host = address.replace(/^https?:\/\//, "");
  const isTelling = /[a-z0-9]/i.test(host.replace(placeholder, "").replace(/:\d*$/, ""));
  return [
    {
      ...(isTelling && isFree(address) ? { origin: linear(pattern(address, ".", "[^/?#.:@]+")) } : {}),
      ...(isFree(path) ? { path: linear(pattern(path.replace(/\/$/, ""), "/", "[^/?#]+")) } : {}),
    },
  ];
}

/** Longer addresses than those that servers take are nobody's. */
const longest = 8_192;

/** Variables side by side make a pattern that goes back over an address again and again: it is judged in linear time. */
function linear(source: string): TextPattern {
  const whole = linearPattern(`^(?:${source})$`);
  if (whole instanceof Error) throw whole;
  return { test: (text) => text.length <= longest && whole.test(text) };
}

/** Where the slashes of a path stand: the first of them, since no server stands deeper. */
function slashesOf(path: string): readonly number[] {
  return Array.from(path.slice(0, longest).matchAll(/\//g), ({ index }) => index).slice(1, 33);
}

/** `{name}` */
const placeholder = /\{([^{}]+)\}/g;

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
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
