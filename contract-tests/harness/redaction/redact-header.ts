import type { HeaderLine } from "../http/message.ts";
import type { SensitiveNames } from "./sensitive-names.ts";

const COOKIE_PAIR = /([^=;\s]+)=([^;]*)/g;
const hidden = (value: string) => (value === "" || value.startsWith("REDACTED") ? value : "REDACTED");

/** The value of a credential-like header: cookie names and attributes and the auth scheme stay, the secret goes. */
export function redactHeaderValue(name: string, value: string): string {
  const lower = name.toLowerCase();
  if (lower === "set-cookie") {
    return value.replace(/^([^=;]*=)([^;]*)/, (_, cookie: string, secret: string) => cookie + hidden(secret));
  }
  if (lower === "cookie") {
    return value.replace(COOKIE_PAIR, (_, cookie: string, secret: string) => `${cookie}=${hidden(secret)}`);
  }
  const scheme = /^(\w+)( +)(\S.*)$/.exec(value);
  if (scheme !== null && lower.endsWith("authorization")) {
    return `${scheme[1] ?? ""}${scheme[2] ?? ""}${hidden(scheme[3] ?? "")}`;
  }
  return hidden(value);
}

/** The secrets that stand in credential-like headers, without cookie names, attributes and auth schemes. */
export function credentialsIn(
  lines: readonly HeaderLine[],
  names: SensitiveNames,
): readonly { readonly value: string }[] {
  return lines.flatMap(([name, value]) => {
    const lower = name.toLowerCase();
    if (lower === "set-cookie") return [{ value: /^[^=;]*=([^;]*)/.exec(value)?.[1] ?? "" }];
    if (lower === "cookie") return [...value.matchAll(COOKIE_PAIR)].map((pair) => ({ value: pair[2] ?? "" }));
    if (!names.has(name)) return [];
    return [{ value: lower.endsWith("authorization") ? value.replace(/^\w+ +/, "") : value }];
  });
}
