import type { Contract, Operation } from "./contract.ts";

/** A path of the contract that a request's path fits, and the raw (still percent-encoded) values in its braces. */
export interface PathMatch {
  readonly path: string;
  readonly values: ReadonlyMap<string, string>;
}

/** Finds documented paths by concrete ones: the most literal template wins (OpenAPI 3.1, section 4.8.8.2). */
export class PathTable {
  readonly #rows: readonly {
    readonly path: string;
    readonly pattern: RegExp;
    readonly names: readonly string[];
  }[];

  constructor(paths: Iterable<string>) {
    this.#rows = [...new Set(paths)]
      .map((path) => ({ path, ...compile(path) }))
      .sort((a, b) => a.names.length - b.names.length || b.path.length - a.path.length);
  }

  /** `pathname` without query. */
  match(pathname: string): PathMatch | undefined {
    for (const { path, pattern, names } of this.#rows) {
      const found = pattern.exec(pathname);
      if (found) return { path, values: new Map(names.map((name, index) => [name, found[index + 1] ?? ""])) };
    }
    return undefined;
  }

  /** Every documented path that fits, the most literal first: a server may take any of them. */
  matchAll(pathname: string): string[] {
    return this.#rows.filter(({ pattern }) => pattern.test(pathname)).map(({ path }) => path);
  }
}

function compile(template: string): { pattern: RegExp; names: string[] } {
  const names: string[] = [];
  const [path = ""] = template.split("?", 1); // some documents write a query behind it
  const source = path
    .split(/(\{[^{}]+\})/)
    .map((part) => {
      if (!/^\{.+\}$/.test(part)) return literalPattern(part);
      names.push(part.slice(1, -1));
      return "([^/]*)";
    })
    .join("");
  return { pattern: new RegExp(`^${source}$`), names };
}

/** A template's own text as it stands in a request: percent-encoded where a path needs it (RFC 3986, section 3.3). */
export function encodedLiteral(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .split(/(%[0-9a-f]{2})/i)
    .map((part, index) => (index % 2 === 1 ? part : encodeURI(part).replaceAll("#", "%23")))
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
  return contract.operations.find(
    (operation) => operation.path === path && operation.method === method.toUpperCase(),
  );
}

/** True when two templates differ in the names of their parameters only. */
export function sameShape(a: string, b: string): boolean {
  const shape = (path: string) => path.replace(/\{[^{}]+\}/g, "{}");
  return shape(a) === shape(b);
}
