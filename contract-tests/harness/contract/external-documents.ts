import { posix, resolve as resolvePath } from "node:path";
import { isWebAddress, shownLocation } from "./fetch-document.ts";
import { isObject, type JsonObject } from "./json-object.ts";
import { joinPointer, pointerSteps } from "./json-pointer.ts";
import type { NotJudged } from "./not-judged.ts";
import { SchemaResources } from "./schema-resources.ts";
import type { SourceText } from "./source-text.ts";
import { visitObjects } from "./visit-objects.ts";

/** An extension, so that what stands there means nothing by itself (OpenAPI 3.1, section 4.9). */
const mount = "x-external-documents";
const maxDocuments = 500;

/** A document that others are referred to from, and its text. */
export interface ExternalDocument extends SourceText {
  /** Its name in messages and reports. */
  readonly file: string;
}

/**
 * Takes the documents that `$ref`s of `document` lead to, and those that theirs do, into it: each below an extension,
 * by its name, and the references made local. No other part moves, so that what stands at a pointer is found in its file
 * again, which a bundler's new names and copies don't allow.
 *
 * @param document rewritten in place
 * @param load reads the document at a path or address, named `file` in messages; a text says why it can't
 * @returns the documents by the pointers at which they stand now, and what couldn't be loaded
 */
export async function mountExternalDocuments(
  document: JsonObject,
  location: string,
  load: (location: string, file: string) => Promise<SourceText | string>,
): Promise<{
  readonly mounted: ReadonlyMap<string, ExternalDocument>;
  readonly notJudged: readonly NotJudged[];
}> {
  const root = absoluteLocation(location);
  // Other documents know nothing of the query by which this one was asked for.
  const pointers = new Map<string, string>([root, root.replace(/\?.*$/s, "")].map((known) => [known, ""]));
  const locations = new Map<string, string>([["", root]]);
  const failures = new Map<string, string>();
  const mounted = new Map<string, ExternalDocument>();
  const notJudged: NotJudged[] = [];
  const settled = new Map<object, Set<string>>();
  const documents: Record<string, unknown> = {};

  for (;;) {
    const wanted = new Set<string>();
    const resources = new SchemaResources(document);
    for (const { kind, value, pointer } of visitObjects(document)) {
      const at = mountOf(pointer);
      const base = locations.get(at) ?? root;
      for (const { owner, key } of referencesOf(value)) {
        const settledHere = settled.get(owner) ?? new Set();
        settled.set(owner, settledHere);
        if (settledHere.has(key)) continue;
        const reference = String(owner[key]);
        const [path = "", fragment = ""] = reference.split("#", 2);
        // A schema's own `$id`, or that of another one, is no file.
        const isKnown =
          path !== "" && kind === "schema" && resources.target(reference, pointer) !== undefined;
        const to = path === "" ? base : locationOf(path, base);
        const target = to === undefined ? undefined : pointers.get(to);
        const failure = to === undefined ? undefined : failures.get(to);
        if (!isKnown && to !== undefined && target === undefined && failure === undefined) {
          wanted.add(to);
          continue;
        }
        settledHere.add(key);
        if (isKnown || (path === "" && at === "")) continue;
        if (failure !== undefined)
          notJudged.push({ pointer, reason: `the reference ${reference} can't be followed: ${failure}` });
        if (target !== undefined && (fragment === "" || fragment.startsWith("/")))
          owner[key] = `#${encodeURI(target)}${fragment}`;
      }
    }
    if (wanted.size === 0) return { mounted, notJudged };
    for (const one of wanted) {
      const name = nameFor(one, root, documents);
      const file = isWebAddress(one) ? shownLocation(one) : beside(location, name);
      const source =
        mounted.size < maxDocuments
          ? await load(one, file)
          : `the contract consists of more than ${maxDocuments} documents`;
      if (typeof source === "string") {
        failures.set(one, source);
        continue;
      }
      const pointer = joinPointer("", mount, name);
      documents[name] = source.value;
      (document as Record<string, unknown>)[mount] = documents; // the document is the reader's own
      pointers.set(one, pointer);
      locations.set(pointer, one);
      mounted.set(pointer, { ...source, file });
    }
  }
}

/** The pointer at which the document that `pointer` lies in was taken in; "" for the root's own parts. */
export function mountOf(pointer: string): string {
  const [first, name] = pointerSteps(pointer);
  return first === mount && name !== undefined ? joinPointer("", mount, name) : "";
}

/** Where references stand in an object, to be rewritten. */
function* referencesOf(value: JsonObject): Generator<{ owner: Record<string, unknown>; key: string }> {
  const owner = value as Record<string, unknown>; // the document is the reader's own
  if (typeof owner["$ref"] === "string") yield { owner, key: "$ref" };
  const mapping = isObject(owner["discriminator"]) ? owner["discriminator"]["mapping"] : undefined;
  if (!isObject(mapping)) return;
  // A name of a schema is allowed there as well (OpenAPI 3.1, section 4.8.25.2).
  for (const [key, target] of Object.entries(mapping))
    if (typeof target === "string" && /[#/]|\.(ya?ml|json)$/.test(target))
      yield { owner: mapping as Record<string, unknown>, key };
}

function absoluteLocation(location: string): string {
  return isWebAddress(location) ? new URL(location).href.replace(/#.*$/, "") : resolvePath(location);
}

/** The path or address that a reference means where it stands; undefined for what is neither, such as a URN. */
function locationOf(reference: string, base: string): string | undefined {
  if (isWebAddress(reference)) return URL.canParse(reference) ? new URL(reference).href : undefined;
  if (isWebAddress(base)) {
    const url = URL.canParse(reference, base) ? new URL(reference, base) : undefined;
    // A page on the web names no file of this machine.
    return url && isWebAddress(url.href) ? url.href : undefined;
  }
  if (/^[a-z][a-z0-9+.-]+:/i.test(reference)) return undefined;
  let path = reference;
  try {
    path = decodeURIComponent(reference);
  } catch {
    // a "%" of the file's own name
  }
  return resolvePath(base, "..", path);
}

/** The document's path relative to the root's, or what stands behind the last slash of its address. */
function nameFor(location: string, root: string, taken: JsonObject): string {
  const isSibling = isWebAddress(location) === isWebAddress(root);
  const from = isWebAddress(root) ? new URL(root).pathname : root;
  const to = isWebAddress(location) ? new URL(location).pathname : location;
  const isSameHost = isSibling && (!isWebAddress(root) || new URL(root).origin === new URL(location).origin);
  const short = isSameHost
    ? posix.relative(posix.dirname(slashed(from)), slashed(to))
    : shownLocation(location);
  let name = short;
  for (let number = 2; Object.hasOwn(taken, name); number++) name = `${short} (${number})`;
  return name;
}

function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}

/** A file's name as one would write it who wrote `location`. */
function beside(location: string, name: string): string {
  return isWebAddress(location) ? name : posix.join(posix.dirname(slashed(location)), name);
}
