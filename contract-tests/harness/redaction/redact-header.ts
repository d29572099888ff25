import type { HeaderLine } from "../http/message.ts";
import type { SensitiveNames } from "./sensitive-names.ts";

const hidden = (value: string) => (value === "" || /^REDACTED(-\d+)?$/.test(value) ? value : "REDACTED");

/** Name and value of each pair of a Cookie header (RFC 6265, section 4.2.1); what has no name is a value. */
function cookiePairs(value: string): readonly (readonly [string, string])[] {
  return value.split(";").map((pair) => {
    const sign = pair.indexOf("=");
    return [pair.slice(0, sign + 1), pair.slice(sign + 1)] as const;
  });
}

/** The value of a credential-like header: cookie names and attributes and the auth scheme stay, the secret goes. */
export function redactHeaderValue(name: string, value: string): string {
  const lower = name.toLowerCase();
  if (lower === "set-cookie") {
    return value.replace(/^([^=;]*=)([^;]*)/, (_, cookie: string, secret: string) => cookie + hidden(secret));
  }
  if (lower === "cookie") {
    return cookiePairs(value)
      .map(([cookie, secret]) => cookie + (cookie === "" && secret.trim() === "" ? secret : hidden(secret)))
      .join(";");
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
    if (lower === "cookie") return cookiePairs(value).map(([, secret]) => ({ value: secret }));
    if (!names.has(name)) return [];
    return [{ value: lower.endsWith("authorization") ? value.replace(/^\w+ +/, "") : value }];
  });
}
