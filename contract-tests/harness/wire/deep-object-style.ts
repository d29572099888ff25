import type { Encode, RawPair, Style, Tree } from "./style.ts";

/**
 * `filter[colour]=red` (OpenAPI 3.1, section 4.8.12.3). What is nested deeper, which OpenAPI leaves open, is read as
 * servers and payment APIs do: `a[b][c]=1`, `a[list][0]=x`, `a[list][]=x`; writing it is `writeDeepObject`'s business.
 */
export const deepObjectStyle: Style = {
  write: ({ name }, value, encode) =>
    typeof value === "object" && value !== null && !(value instanceof Number)
      ? writeTree(encode, name, value)
      : undefined,
  read({ name }, { pairs, decode }) {
    const root: Branch = new Map();
    for (const pair of pairs) {
      const steps = stepsOf(name, pair);
      if (steps) plant(root, steps, decode(pair.raw));
    }
    return root.size === 0 ? undefined : { tree: toTree(root) };
  },
};

/** Undefined when the value holds null, or an empty list or object, which have no form. */
function writeTree(encode: Encode, name: string, value: unknown): string[] | undefined {
  if (typeof value === "object" && value !== null && !(value instanceof Number)) {
    const entries = Object.entries(value).map(([key, member]) =>
      writeTree(encode, `${name}[${key}]`, member),
    );
    return entries.length > 0 && entries.every((pieces) => pieces !== undefined) ? entries.flat() : undefined;
  }
  if (value === null || value === undefined) return undefined;
  const [key, text] = [encode(name), encode(String(value))];
  return key === undefined || text === undefined ? undefined : [`${key}=${text}`];
}

/** `filter[a][b]` → `a`, `b`; undefined for a name that isn't the parameter's. */
function stepsOf(name: string, pair: RawPair): readonly string[] | undefined {
  if (!pair.name.startsWith(`${name}[`) || !pair.name.endsWith("]")) return undefined;
  return pair.name.slice(name.length + 1, -1).split("][");
}

type Branch = Map<string, Branch | string>;

function plant(root: Branch, steps: readonly string[], text: string): void {
  let at = root;
  for (const step of steps.slice(0, -1)) {
    const next = at.get(step);
    const branch: Branch = next instanceof Map ? next : new Map();
    at.set(step, branch);
    at = branch;
  }
  const last = steps.at(-1) ?? "";
  at.set(last === "" ? String(at.size) : last, text); // `list[]` is the next of its list
}

function toTree(branch: Branch): Tree {
  return Object.fromEntries(
    [...branch].map(([name, member]) => [name, typeof member === "string" ? member : toTree(member)]),
  );
}
