import { secretsInHeaders } from "../redaction/secrets-in-headers.ts";
import type { EnvironmentHeader } from "./command-extension.ts";
import type { GivenSettings } from "./settings.ts";

/** The secrets of a command before it is parsed, since its arguments may be what can't be parsed. */
export function givenSecrets(
  args: readonly string[],
  variables: readonly EnvironmentHeader[],
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const secrets = variables.map(({ variable }) => env[variable]?.trim() ?? "");
  for (const [index, arg] of args.entries()) {
    const [, name, own] = /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
    const value = own ?? args[index + 1] ?? "";
    if (name === "header") secrets.push(...secretsOfLine(value));
    if (name === "auth") secrets.push(...secretsOfPair(value.slice(value.indexOf("=") + 1)));
    if (name === "target" || name === "spec") secrets.push(...secretsOfAddress(value));
  }
  return secrets.filter((secret) => secret !== "");
}

/** The secrets of settings, which may come from a file. */
export function settingSecrets({ headers = [], auth = [], target, spec }: GivenSettings): readonly string[] {
  return [
    ...secretsInHeaders(headers),
    ...auth.flatMap(([, value]) => secretsOfPair(value)),
    ...[target ?? "", spec ?? ""].flatMap(secretsOfAddress),
  ];
}

/** A credential, and the password of one that has a user's name before it. */
function secretsOfPair(value: string): readonly string[] {
  return [value, value.slice(value.indexOf(":") + 1)];
}

/** A line that isn't a header may be just a key. */
function secretsOfLine(line: string): readonly string[] {
  const colon = line.indexOf(":");
  if (colon < 1) return [line.trim()];
  return secretsInHeaders([[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]]);
}

/** The user info of an address (RFC 3986, section 3.2.1), also of one that can't be read. */
function secretsOfAddress(address: string): readonly string[] {
  const info = /^[^/?#]*\/\/([^/?#]*)@/.exec(address)?.[1];
  if (info === undefined) return [];
  const password = info.slice(info.indexOf(":") + 1);
  return [info, password, decoded(password)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
