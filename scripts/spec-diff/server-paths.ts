import { isObject, type JsonObject, type Path } from "../generate/json.ts";

/**
 * Two contracts that put a part of their addresses, such as a version, in different places: `/v1` ends the servers'
 * addresses in one and begins the paths in the other. A request goes to a server's address with the path appended
 * (OpenAPI 3.1 §4.8.8.1), so both mean the same; written out in the paths they compare.
 */
export function withServerPaths(
  base: JsonObject,
  revision: JsonObject,
): { base: JsonObject; revision: JsonObject; templateOf: (side: "base" | "revision", path: Path) => Path } {
  const prefixes = { base: prefixOf(base), revision: prefixOf(revision) };
  if (prefixes.base === prefixes.revision) return { base, revision, templateOf: (_, path) => path };
  return {
    base: withPrefix(base, prefixes.base),
    revision: withPrefix(revision, prefixes.revision),
    templateOf: (side, [first, template, ...rest]) =>
      first === "paths" && template !== undefined
        ? [first, String(template).slice(prefixes[side].length), ...rest]
        : [first, template, ...rest].filter((key) => key !== undefined),
  };
}

/** What the path of every server begins with that is the document's own: `/v1`; empty where they differ or some path has servers. */
function prefixOf({ servers, paths }: JsonObject): string {
  if (!Array.isArray(servers) || !isObject(paths)) return "";
  const prefixes = new Set(servers.map((server) => (isObject(server) ? pathOf(server["url"]) : "")));
  const [prefix = "", ...others] = prefixes;
  return others.length > 0 || hasOwnServers(paths) ? "" : prefix;
}

function hasOwnServers(paths: JsonObject): boolean {
  return Object.values(paths).some(
    (item) =>
      isObject(item) &&
      (item["servers"] !== undefined ||
        Object.values(item).some((operation) => isObject(operation) && operation["servers"] !== undefined)),
  );
}

/** The path of an address, without a slash at its end; its host may hold variables. */
function pathOf(url: unknown): string {
  if (typeof url !== "string") return "";
  return (/^[a-z][a-z\d+.-]*:\/\/[^/?#]*(\/[^?#{}]*)?$/i.exec(url)?.[1] ?? "").replace(/\/$/, "");
}

function withPrefix(document: JsonObject, prefix: string): JsonObject {
  const { servers, paths } = document;
  if (prefix === "" || !Array.isArray(servers) || !isObject(paths)) return document;
  return {
    ...document,
    servers: servers.map((server) =>
      isObject(server) && typeof server["url"] === "string"
        ? { ...server, url: server["url"].slice(0, server["url"].lastIndexOf(prefix)) }
        : server,
    ),
    paths: Object.fromEntries(
      Object.entries(paths).map(([template, item]) => [
        template.startsWith("/") ? `${prefix}${template}` : template,
        item,
      ]),
    ),
  };
}
