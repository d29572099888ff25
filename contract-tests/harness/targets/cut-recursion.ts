import { isObject, type JsonObject, objectOr } from "../contract/json-object.ts";
import { pointerSteps } from "../contract/json-pointer.ts";

/** A document that can be expanded, and what of it was left out for that. */
export interface CutDocument {
  readonly document: JsonObject;
  /** The references that accept anything now, as `Holder → Schema`; none when the document is as it was. */
  readonly cut: readonly string[];
}

/** Names of component schemas, each with the names that it refers to, as often as it does. */
type References = ReadonlyMap<string, readonly string[]>;

/** The most schemas that one may expand to. Prism takes some 20 µs for each, at every place where it is used. */
const defaultLimit = 5_000;

/**
 * Prism expands every reference where it stands, and ends only where a schema comes back to itself. Where schemas refer to
 * each other in many ways that takes for ever: their references to each other are taken out then, and so are those of a
 * schema that would expand to more than `limit` others. In their place stands `{}`, which accepts anything.
 *
 * @param document OpenAPI 3.1, references to `#/components/schemas/…`
 */
export function cutRecursion(document: JsonObject, limit: number = defaultLimit): CutDocument {
  const schemas = objectOr(objectOr(document["components"])["schemas"]);
  const references: References = new Map(
    Object.entries(schemas).map(([name, schema]) => [name, referencesIn(schema)]),
  );
  const cut = tooWide(references, limit);
  if (cut.size === 0) return { document, cut: [] };
  const edited = Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      withoutReferences(schema, (to) => cut.has(edge(name, to))),
    ]),
  );
  return {
    document: { ...document, components: { ...objectOr(document["components"]), schemas: edited } },
    cut: [...cut],
  };
}

function tooWide(references: References, limit: number): Set<string> {
  const cut = new Set<string>();
  const targets = (name: string): string[] =>
    (references.get(name) ?? []).filter((to) => references.has(to) && !cut.has(edge(name, to)));
  const groups = stronglyConnected(references);
  const groupOf = new Map(groups.flatMap((group) => group.map((name) => [name, group] as const)));
  const widths = new Map<string, number>();
  // A group comes after those that it refers to, so that their widths are known.
  for (const group of groups) {
    const isWithin = (to: string): boolean => groupOf.get(to) === group;
    const inner = new Map(group.map((name) => [name, targets(name).filter(isWithin)]));
    if (visits(inner, limit) > limit)
      for (const [from, tos] of inner) for (const to of tos) cut.add(edge(from, to));
    for (const name of group) {
      let width = 1;
      for (const to of targets(name)) {
        width += isWithin(to) ? 1 : (widths.get(to) ?? 1);
        if (width > limit) cut.add(edge(name, to));
      }
      widths.set(name, Math.min(width, limit));
    }
  }
  return cut;
}

/**
 * How many schemas are visited when each of a group is expanded, which ends where it would come back to one on its way;
 * more than `limit` is enough.
 */
function visits(group: References, limit: number): number {
  let visited = 0;
  const onWay = new Set<string>();
  const visit = (name: string): void => {
    visited += 1;
    if (onWay.has(name)) return;
    onWay.add(name);
    for (const to of group.get(name) ?? []) if (visited <= limit) visit(to);
    onWay.delete(name);
  };
  for (const name of group.keys()) if (visited <= limit) visit(name);
  return visited;
}

/** Groups of schemas that refer to each other, each after those that it refers to (Kosaraju's algorithm). */
function stronglyConnected(references: References): string[][] {
  const reversed = new Map([...references.keys()].map((name) => [name, [] as string[]]));
  for (const [name, targets] of references) for (const to of targets) reversed.get(to)?.push(name);
  const finished: string[] = [];
  const seen = new Set<string>();
  for (const name of references.keys()) walk(name, references, seen, (done) => finished.push(done));
  const grouped = new Set<string>();
  const groups = finished.reverse().map((name) => {
    const group: string[] = [];
    walk(name, reversed, grouped, (done) => group.push(done));
    return group;
  });
  return groups.filter((group) => group.length > 0).reverse();
}

/** Depth first, without recursion: a document may have thousands of schemas in one chain. */
function walk(
  start: string,
  graph: ReadonlyMap<string, readonly string[]>,
  seen: Set<string>,
  finish: (name: string) => void,
): void {
  const stack: { name: string; next: number }[] = [];
  const enter = (name: string): void => {
    if (seen.has(name) || !graph.has(name)) return;
    seen.add(name);
    stack.push({ name, next: 0 });
  };
  enter(start);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const to = graph.get(top.name)?.[top.next++];
    if (to !== undefined) enter(to);
    else {
      stack.pop();
      finish(top.name);
    }
  }
}

function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  const target = nameOf(value);
  return [...(target === undefined ? [] : [target]), ...Object.values(value).flatMap(referencesIn)];
}

function withoutReferences(value: unknown, isCut: (to: string) => boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutReferences(item, isCut));
  if (!isObject(value)) return value;
  const target = nameOf(value);
  if (target !== undefined && isCut(target)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, withoutReferences(member, isCut)]),
  );
}

/** The component that a schema refers to, be it to a part of it. */
function nameOf({ $ref: reference }: JsonObject): string | undefined {
  if (typeof reference !== "string" || !reference.startsWith("#/components/schemas/")) return undefined;
  return pointerSteps(decoded(reference.slice(1)))[2];
}

function edge(from: string, to: string): string {
  return `${from} → ${to}`;
}

/** A reference is a URI: what isn't percent-encoded rightly names nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
