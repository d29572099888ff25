import type { HeaderLine } from "../http/message.ts";
import { SecretMatcher, SHORTEST_SECRET } from "../http/secret-matcher.ts";
import { namedValues } from "./named-values.ts";
import { redactHeaderValue } from "./redact-header.ts";
import { secretShapes } from "./secret-shapes.ts";
import { type SensitiveNames, sensitiveNames } from "./sensitive-names.ts";

export interface RedactorOptions {
  /** Names beyond the usual ones whose values are secret, in lower case: see `contractSecretNames`. */
  readonly names?: ReadonlySet<string>;
  /** What secrets look like, under whatever name (a global expression): see `secretShapes`. */
  readonly shapes?: RegExp;
  /** Values of the contract's own examples under sensitive names: see `publishedSecrets`. */
  readonly published?: ReadonlySet<string>;
  /** Names of the headers that the caller gave, in lower case: their values are never made up. */
  readonly ownHeaders?: ReadonlySet<string>;
}

/**
 * Where a text comes from. What the harness made up itself is no secret under whatever name, and has to be seen for a
 * request to be sent again; a secret in use or an example of the contract stays one there too.
 */
export type Origin = "received" | "made-up";

/** Takes secrets out of single texts and headers, and remembers those that it was told or has met. */
export interface TextRedactor {
  readonly names: SensitiveNames;
  learn(secret: string): void;
  /** Makes a value secret that stood under a sensitive name, unless it can't be told from an ordinary word. */
  learnMinted(value: string): void;
  learnShapes(text: string): void;
  plain(text: string, origin?: Origin): string;
  /** Also user names in addresses, credentials behind their scheme, and header arguments of a curl line. */
  text(text: string, origin?: Origin): string;
  headers(lines: readonly HeaderLine[], origin?: Origin): readonly HeaderLine[];
}

/** A minted value is looked for everywhere only if it can't be an ordinary word: `string` is what mocks answer. */
function looksMinted(value: string): boolean {
  return value.length >= 8 && !/\s/.test(value) && (/\d/.test(value) || value.length >= 20);
}

const USER_INFO = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#@"'<>]+@/gi;
const AUTH_SCHEME = /\b(Bearer|Basic|Digest|Negotiate)(\s+|%20|\+)([A-Za-z0-9+/_~.=-]{6,})/g;
const HEADER_ARGUMENT = /(-H\s+|--header[\s=]+)(["'])([\w-]+)(:\s*)([^"'\n]*)/g;

/** See `createRedactor`. */
export function createTextRedactor(secrets: readonly string[], options: RedactorOptions): TextRedactor {
  const matcher = new SecretMatcher();
  const labels = new Map<string, string>();
  const names = sensitiveNames(options.names);
  const published = options.published ?? new Set();
  const ownHeaders = options.ownHeaders ?? new Set();

  function learn(secret: string): void {
    if (secret.length < SHORTEST_SECRET || labels.has(secret)) return;
    const label = `REDACTED-${labels.size + 1}`;
    labels.set(secret, label);
    matcher.add(secret, label);
  }

  function learnMinted(value: string): void {
    if (looksMinted(value) && !value.startsWith("REDACTED")) learn(value);
  }

  /** Replaces ranges from the end, so that earlier ones keep their place. */
  function withoutSecrets(text: string): string {
    let result = "";
    let from = 0;
    for (const { start, end, label } of matcher.find(text)) {
      result += text.slice(from, start) + label;
      from = end;
    }
    return result + text.slice(from);
  }

  function withoutNamedValues(text: string, origin: Origin): string {
    let result = "";
    let from = 0;
    for (const { start, end, value, replacement } of namedValues(text, names)) {
      if (origin === "made-up" && !published.has(value)) continue;
      result += text.slice(from, start) + replacement;
      from = end;
    }
    return result + text.slice(from);
  }

  const shapes = options.shapes ?? secretShapes(undefined);

  function learnShapes(text: string): void {
    for (const [secret] of text.matchAll(shapes)) if (!labels.has(secret)) learn(secret);
  }

  function plain(text: string, origin: Origin = "received"): string {
    learnShapes(text);
    return withoutNamedValues(withoutSecrets(text), origin);
  }

  const isSecretHeader = (name: string, origin: Origin) =>
    origin === "made-up" ? ownHeaders.has(name.toLowerCase()) : names.has(name);

  function text(input: string, origin: Origin = "received"): string {
    return plain(input, origin)
      .replace(USER_INFO, "$1REDACTED@")
      .replace(AUTH_SCHEME, (whole, scheme: string, space: string, value: string) =>
        value.startsWith("REDACTED") ? whole : `${scheme}${space}REDACTED`,
      )
      .replace(
        HEADER_ARGUMENT,
        (whole, option: string, quote: string, name: string, colon: string, value: string) =>
          isSecretHeader(name, origin) && !value.includes("$")
            ? option + quote + name + colon + redactHeaderValue(name, value)
            : whole,
      );
  }

  function headers(lines: readonly HeaderLine[], origin: Origin = "received"): readonly HeaderLine[] {
    return lines.map(([name, value]): HeaderLine => {
      const shown = plain(value, origin);
      return [
        name,
        isSecretHeader(name, origin)
          ? redactHeaderValue(name, shown)
          : shown.replace(USER_INFO, "$1REDACTED@"),
      ];
    });
  }

  for (const secret of secrets) learn(secret);
  return { names, learn, learnMinted, learnShapes, plain, text, headers };
}
