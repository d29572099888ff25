import type { HeaderLine } from "../http/message.ts";

/**
 * The secrets in headers that a caller gave on purpose (`--header`, a key from the environment), in every part that a
 * server may echo: the whole value, what follows the auth scheme, and user, password and pair of Basic credentials
 * (RFC 7617). Whatever its name, a header given by hand counts as secret, unless it is an ordinary one.
 */
export function secretsInHeaders(lines: readonly HeaderLine[]): readonly string[] {
  const secrets = lines.flatMap(([name, value]) => {
    if (ORDINARY.has(name.toLowerCase())) return [];
    if (name.toLowerCase() === "cookie") {
      return [value, ...value.split(/;\s*/).map((pair) => pair.slice(pair.indexOf("=") + 1))];
    }
    const [, scheme, credentials] = /^(\S+)\s+(\S.*)$/.exec(value) ?? [];
    if (credentials === undefined) return [value];
    if (scheme?.toLowerCase() !== "basic") return [value, credentials];
    const pair = Buffer.from(credentials, "base64").toString("utf8");
    return [value, credentials, pair, pair.slice(pair.indexOf(":") + 1)];
  });
  return [...new Set(secrets)].filter((secret) => secret !== "");
}

const ORDINARY = new Set(
  "accept accept-charset accept-encoding accept-language cache-control content-language content-length content-type date expect from host if-match if-modified-since if-none-match origin pragma prefer range referer user-agent x-request-id".split(
    " ",
  ),
);
