import type { HeaderLine } from "../http/message.ts";
import { SecretMatcher, type SecretRange, SHORTEST_SECRET } from "../http/secret-matcher.ts";
import { isJson, jsonTokens } from "./json-tokens.ts";
import { looksMinted, namedValues } from "./named-values.ts";
import { redactHeaderValue } from "./redact-header.ts";
import { type SecretShapes, secretShapes } from "./secret-shapes.ts";
import { type SensitiveNames, sensitiveNames } from "./sensitive-names.ts";
import { withoutUserInfo } from "./user-info.ts";

export interface RedactorOptions {
  /** Names beyond the usual ones whose values are secret, in lower case: see `contractSecretNames`. */
  readonly names?: ReadonlySet<string>;
  /** What secrets look like, under whatever name: see `secretShapes`. */
  readonly shapes?: SecretShapes;
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
  /** Without the secrets that are known, and without any other change: for text that was redacted before. */
  known(text: string): string;
  /** Also user names in addresses, credentials behind their scheme, and header arguments of a curl line. */
  text(text: string, origin?: Origin): string;
  headers(lines: readonly HeaderLine[], origin?: Origin): readonly HeaderLine[];
}

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
    if (looksMinted(value) && !/^REDACTED-\d+$/.test(value)) learn(value);
  }

  /** A JSON text stays one: secrets are replaced within its strings, and a number that is one by a number. */
  function withoutSecrets(text: string): string {
    const ranges = matcher.find(text);
    if (ranges.length === 0) return text;
    if (isJson(text)) return withoutSecretsInJson(text);
    // JSON lines, sequences and the data of events: each is a JSON text of its own.
    const parts = text.split(/(\r?\n|\r|[^\P{Cc}\t\r\n]|^data: ?|(?<=[\r\n])data: ?)/u);
    if (parts.length === 1) return replaced(text, ranges);
    const result = parts.map((part) => (isJson(part) ? withoutSecretsInJson(part) : part)).join("");
    return replaced(result, matcher.find(result));
  }

  function withoutSecretsInJson(text: string): string {
    let result = "";
    let from = 0;
    for (const { start, end, kind } of jsonTokens(text)) {
      const raw = text.slice(start, end);
      const found = matcher.find(raw);
      if (found.length === 0) continue;
      result += text.slice(from, start) + (kind === "number" ? "0" : replacedInString(raw, found));
      from = end;
    }
    result += text.slice(from);
    // A secret that reaches over several tokens: hiding it matters more than the form.
    return replaced(result, matcher.find(result));
  }

  function replacedInString(raw: string, ranges: readonly SecretRange[]): string {
    const shown = replaced(raw, ranges);
    return isJson(shown) ? shown : `"${ranges[0]?.label ?? "REDACTED"}"`;
  }

  function replaced(text: string, ranges: readonly SecretRange[]): string {
    let result = "";
    let from = 0;
    for (const { start, end, label } of ranges) {
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
    for (const secret of shapes(text)) if (!labels.has(secret)) learn(secret);
  }

  function plain(text: string, origin: Origin = "received"): string {
    learnShapes(text);
    return withoutNamedValues(withoutSecrets(text), origin);
  }

  const isSecretHeader = (name: string, origin: Origin) =>
    origin === "made-up" ? ownHeaders.has(name.toLowerCase()) : names.has(name);

  function text(input: string, origin: Origin = "received"): string {
    return withoutUserInfo(plain(input, origin))
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
        withoutSecrets(name),
        isSecretHeader(name, origin) ? redactHeaderValue(name, shown) : withoutUserInfo(shown),
      ];
    });
  }

  for (const secret of secrets) learn(secret);
  for (const secret of published) learnMinted(secret);
  const known = (text: string) => withoutUserInfo(withoutSecrets(text));
  return { names, learn, learnMinted, learnShapes, plain, known, text, headers };
}
