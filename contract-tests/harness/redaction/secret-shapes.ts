import { isSensitiveName } from "./sensitive-names.ts";

/** A JSON Web Token (RFC 7519): header and payload are Base64url of JSON objects, so both begin with `eyJ`. */
const PAYLOAD = /\.eyJ[\w-]{5,}(?:\.[\w-]*)?/g;
const HEADER = /(?<![A-Za-z0-9])eyJ[\w-]{5,}$/;
const WORD = /[\w-]/;

/** What is shaped like a secret in a text. */
export type SecretShapes = (text: string) => readonly string[];

/** Payloads are looked for first and headers before them, so that a text of many beginnings is read but twice. */
function jsonWebTokens(text: string): string[] {
  const found: string[] = [];
  let from = 0;
  for (const match of text.matchAll(PAYLOAD)) {
    let start = match.index;
    while (start > from && WORD.test(text.charAt(start - 1))) start -= 1;
    const header = HEADER.exec(text.slice(start, match.index))?.[0];
    const end = match.index + match[0].length;
    if (header !== undefined) found.push(text.slice(match.index - header.length, end));
    // A third part that begins like a payload may be one: it is read again.
    from = match.index + 1;
  }
  return found;
}

/** `sk_live_`, `ghp-`: words that end in an underscore or a hyphen, before something that looks made up. */
const PREFIX = /^((?:[a-z]{2,12}[_-]){1,3})[A-Za-z0-9_-]{6,}$/;

/**
 * What secrets look like, wherever they stand and whatever they are called: JSON Web Tokens, and everything that
 * begins as the contract's own examples of secrets do. A server that answers with a misnamed token leaks it no more
 * than one that names it right.
 *
 * @param document the parsed OpenAPI document; examples under sensitive names are looked at
 * @param names further names of secrets, in lower case: see `contractSecretNames`
 */
export function secretShapes(document: unknown, names: ReadonlySet<string> = new Set()): SecretShapes {
  const prefixes = new Set<string>();
  const seen = new Set<object>();
  const visit = (node: unknown, name: string): void => {
    if (typeof node === "string") {
      const prefix = isSensitiveName(name, names) ? PREFIX.exec(node)?.[1] : undefined;
      if (prefix !== undefined) prefixes.add(prefix);
      return;
    }
    if (typeof node !== "object" || node === null || seen.has(node)) return;
    seen.add(node);
    for (const [key, value] of Object.entries(node)) {
      // Examples belong to the name above them: `token: { example: … }`, `token: { examples: [ … ] }`.
      const own = Array.isArray(node) || /^(examples?|default|value|schema)$/.test(key) ? name : key;
      visit(value, own);
    }
  };
  visit(document, "");
  if (prefixes.size === 0) return jsonWebTokens;
  const prefixed = new RegExp(`(?<![A-Za-z0-9])(?:${[...prefixes].join("|")})[A-Za-z0-9_-]{4,}`, "g");
  return (text) => [...jsonWebTokens(text), ...[...text.matchAll(prefixed)].map(([secret]) => secret)];
}
