import { isCollection, isScalar, LineCounter, parseDocument as parseYaml, visit } from "yaml";
import { InputError } from "../cli/input-error.ts";
import { isObject, type JsonObject, type Path } from "./json.ts";

/** A parsed OpenAPI document that still knows where each value stood. */
export interface ParsedDocument {
  readonly data: JsonObject;
  /** One-based line, in the file that was parsed, of the value at a path or of its nearest ancestor. */
  readonly lineOf: (path: Path) => number;
}

/** An exported page has no aliases; a few may be legitimate, more is an attempt to exhaust memory. */
const maximumAliases = 20;

/** Ten times what the deepest known page has; deeper ones exhaust the stack of the tools behind. */
const maximumDepth = 200;

/**
 * Parses YAML 1.2 (and so JSON) strictly: duplicate keys, unknown tags and excessive aliases are refused.
 *
 * @param file name for messages
 * @param firstLine one-based line of `file` on which `text` begins
 * @throws InputError with file and line
 */
export function parseDocument(file: string, text: string, firstLine = 1): ParsedDocument {
  const lineCounter = new LineCounter();
  const document = parseYaml(text, { lineCounter, uniqueKeys: true, prettyErrors: false });
  const lineAt = (offset: number): number => lineCounter.linePos(offset).line + firstLine - 1;
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined)
    throw new InputError(
      `${file}:${lineAt(problem.pos[0])}: the YAML can't be read: ${explain(problem.message)}.`,
    );
  refuseUnusableKeys(document, (offset) => `${file}:${lineAt(offset)}`);
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: maximumAliases });
  } catch (error) {
    throw new InputError(
      `${file}:${firstLine}: the YAML can't be expanded: ${error instanceof Error ? error.message : error}; remove its aliases.`,
    );
  }
  if (!isObject(data))
    throw new InputError(
      `${file}:${firstLine}: the document is not an object; an OpenAPI document is expected.`,
    );
  const lineOf = (path: Path): number => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node: unknown = document.getIn(path.slice(0, length), true);
      const offset = keyOffset(document, path.slice(0, length)) ?? rangeStart(node);
      if (offset !== undefined) return lineAt(offset);
    }
    return firstLine;
  };
  const deep = tooDeep(data, []);
  if (deep !== undefined)
    throw new InputError(
      `${file}:${lineOf(deep.slice(0, 20))}: nested deeper than ${maximumDepth} levels; name the inner parts as components.`,
    );
  return { data, lineOf };
}

function explain(message: string): string {
  return /call stack/.test(message) ? "it is nested too deeply" : message.replace(/\s+/g, " ");
}

/** Names that JavaScript objects can't hold: `__proto__` would vanish, and a list or an object is no name. */
function refuseUnusableKeys(
  document: ReturnType<typeof parseYaml>,
  placeAt: (offset: number) => string,
): void {
  visit(document, {
    Pair: (_, { key }) => {
      const name = isScalar(key) ? key.value : undefined;
      if (isCollection(key) || name === "__proto__")
        throw new InputError(
          `${placeAt(rangeStart(key) ?? 0)}: ${name ?? "a list or an object"} can't be the name of a member; rename it.`,
        );
    },
  });
}

/** The path at which a value is nested too deeply; an alias of what it stands in never ends. */
function tooDeep(value: unknown, path: Path): Path | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (path.length >= maximumDepth) return path;
  for (const [key, member] of Object.entries(value)) {
    const found = tooDeep(member, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A member's key stands on the line a reader looks for; its value may begin a line below. */
function keyOffset(document: ReturnType<typeof parseYaml>, path: Path): number | undefined {
  const parent: unknown = path.length === 0 ? undefined : document.getIn(path.slice(0, -1), true);
  if (typeof parent !== "object" || parent === null || !("items" in parent) || !Array.isArray(parent.items))
    return undefined;
  const last = String(path.at(-1));
  for (const item of parent.items as unknown[]) {
    if (typeof item !== "object" || item === null || !("key" in item)) continue;
    const key = item.key;
    if (typeof key === "object" && key !== null && "value" in key && String(key.value) === last)
      return rangeStart(key);
  }
  return undefined;
}

function rangeStart(node: unknown): number | undefined {
  if (typeof node !== "object" || node === null || !("range" in node) || !Array.isArray(node.range))
    return undefined;
  const start: unknown = node.range[0];
  return typeof start === "number" ? start : undefined;
}
