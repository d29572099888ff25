import type { Contract, Operation } from "./contract.ts";

/** A path of the contract that a request's path fits, and the raw (still percent-encoded) values in its braces. */
export interface PathMatch {
  readonly path: string;
  readonly values: ReadonlyMap<string, string>;
}

interface Row {
  readonly path: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  /** The pairs that a request's query has to have: `kind=a`, decoded. */
  readonly pairs: readonly string[];
}

/**
 * Finds documented paths by concrete ones: the most literal template wins (OpenAPI 3.1, section 4.8.8.2). Where documents
 * tell operations apart by a query behind the path (`/a?kind=b`), which OpenAPI doesn't know, so does the table.
 */
export class PathTable {
  readonly #rows: readonly Row[];
  /** By how many slashes they have: no value of a parameter has one. */
  readonly #bySlashes = new Map<number, Row[]>();

  constructor(paths: Iterable<string>) {
    this.#rows = [...new Set(paths)]
      .map((path) => ({ path, ...compile(path) }))
      .sort(
        (a, b) =>
          a.names.length - b.names.length || b.pairs.length - a.pairs.length || b.path.length - a.path.length,
      );
    for (const row of this.#rows) {
      const slashes = slashesIn(row.pattern.source.replaceAll("[^\\/]*", "").replaceAll("[^/]*", ""));
      this.#bySlashes.set(slashes, [...(this.#bySlashes.get(slashes) ?? []), row]);
    }
  }

  /** @param target path, with the query where there is one */
  match(target: string): PathMatch | undefined {
    const [pathname = "", query = ""] = target.split(/\?(.*)/s);
    const rows = this.#rowsFor(pathname);
    if (rows.length === 0) return undefined;
    const asked = new Set(pairsOf(query));
    // What has another query is the only such path, or none.
    const row =
      rows.find(({ pairs }) => pairs.every((pair) => asked.has(pair))) ??
      (rows.length === 1 ? rows[0] : undefined);
    if (!row) return undefined;
    const found = row.pattern.exec(pathname);
    const values = new Map(row.names.map((name, index) => [name, found?.[index + 1] ?? ""]));
    return { path: row.path, values };
  }

  /** Every documented path that fits, the most literal first: a server may take any of them. */
  matchAll(pathname: string): string[] {
    return this.#rowsFor(pathname).map(({ path }) => path);
  }

  #rowsFor(pathname: string): readonly Row[] {
    return (this.#bySlashes.get(slashesIn(pathname)) ?? []).filter(({ pattern }) => pattern.test(pathname));
  }
}

function slashesIn(text: string): number {
  return text.split("/").length;
}

function compile(template: string): Omit<Row, "path"> {
  const names: string[] = [];
  // Some documents write a query behind it, or a fragment, which no request carries.
  const [path = "", query = ""] = withoutFragment(template).split(/\?(.*)/s);
  const source = path
    .split(/(\{[^{}]+\})/)
    .map((part) => {
      if (!/^\{.+\}$/.test(part)) return literalPattern(part);
      names.push(part.slice(1, -1));
      return "([^/]*)";
    })
    .join("");
  const pairs = pairsOf(query).filter((pair) => !pair.includes("{"));
  return { pattern: new RegExp(`^${source}$`), names, pairs };
}

function pairsOf(query: string): string[] {
  return [...new URLSearchParams(query)].map(([name, value]) => `${name}=${value}`);
}

/** A template as it is asked for: `/a#list` is `/a` (RFC 9110, section 7.1: a target has no fragment). */
export function withoutFragment(template: string): string {
  return template.replace(/#.*/s, "");
}

/** A template's own text as it stands in a request: percent-encoded where a path needs it (RFC 3986, section 3.3). */
export function encodedLiteral(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .split(/(%[0-9a-f]{2})/i)
    .map((part, index) => (index % 2 === 1 ? part : encodeURI(part)))
    .join("");
}

/** Matches the text whether or not its special characters are percent-encoded. */
function literalPattern(text: string): string {
  const plain = text.replace(/(%[0-9a-f]{2})+/gi, (code) => {
    try {
      return decodeURIComponent(code);
    } catch {
      return code;
    }
  });
  return [...plain.replace(/\p{Surrogate}/gu, "\ufffd")]
    .map((character) => {
      if (/[\w/~-]/.test(character)) return character;
      const code = encodeURIComponent(character).replace(
        /[a-f]/gi,
        (digit) => `[${digit.toUpperCase()}${digit.toLowerCase()}]`,
      );
      const escaped = character.replace(/[.*+?^${}()|[\]\\]/, "\\$&");
      return code === character ? escaped : `(?:${escaped}|${code})`;
    })
    .join("");
}

/** The operation documented for `method` (any case) on the template `path`. */
export function operationAt(contract: Contract, method: string, path: string): Operation | undefined {
  const own = contract.operations.filter((operation) => operation.method === method.toUpperCase());
  return (
    own.find((operation) => operation.path === path) ??
    own.find(({ path: other }) => isOneRequest(other, path))
  );
}

/** True for `/a#x` and `/a#y`, which are both asked for as `/a`. */
function isOneRequest(a: string, b: string): boolean {
  return (a + b).includes("#") && withoutFragment(a) === withoutFragment(b);
}

/** True when two templates differ in the names of their parameters only. */
export function sameShape(a: string, b: string): boolean {
  return shapeOf(a) === shapeOf(b);
}

/** A template as every other of the same requests has it: `/a/{id}#x` is `/a/{}`. */
export function shapeOf(path: string): string {
  return withoutFragment(path).replace(/\{[^{}]+\}/g, "{}");
}
