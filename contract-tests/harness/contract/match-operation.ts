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

function compile(path: string): { pattern: RegExp; names: string[] } {
  const names: string[] = [];
  const source = path
    .split(/(\{[^{}]+\})/)
    .map((part) => {
      if (!/^\{.+\}$/.test(part)) return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      names.push(part.slice(1, -1));
      return "([^/]*)";
    })
    .join("");
  return { pattern: new RegExp(`^${source}$`), names };
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
