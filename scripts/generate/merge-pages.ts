import { isDeepStrictEqual } from "node:util";
import { InputError } from "../cli/input-error.ts";
import { isObject, type JsonObject, type Path } from "./json.ts";
import type { PlaceInPage } from "./place-in-page.ts";

export interface MergedContract {
  readonly document: JsonObject;
  /** Where a place of the merged document comes from: the page that first had it. */
  readonly place: PlaceInPage;
}

export interface PageDocument {
  readonly file: string;
  readonly document: JsonObject;
  readonly place: PlaceInPage;
}

/**
 * Merges pages into one contract. Equal members are one; the first page's title stands, with the newest version.
 *
 * @throws InputError that names both pages when two operations or two components of one name differ
 */
export function mergePages(pages: readonly PageDocument[]): MergedContract {
  const [first, ...others] = pages;
  if (first === undefined) throw new InputError("spec/documented/: no page to compile; import one.");
  const document = structuredClone(first.document);
  const owners = new Map<string, PageDocument>();
  claim(owners, first, first.document);
  for (const page of others) {
    mergeInfo(document, page.document);
    mergeServers(document, page, first);
    mergeMembers(document, page, owners, "paths", 2);
    const components = page.document["components"];
    for (const kind of Object.keys(isObject(components) ? components : {}))
      mergeMembers(document, page, owners, `components/${kind}`, 1);
  }
  return {
    document,
    place: (path) =>
      (owners.get(ownerKey(path)) ?? owners.get(path.slice(0, 2).join("\n")) ?? first).place(path),
  };
}

function ownerKey(path: Path): string {
  return path.slice(0, 3).join("\n");
}

function claim(owners: Map<string, PageDocument>, page: PageDocument, document: JsonObject): void {
  for (const [section, members] of Object.entries(document)) {
    if (!isObject(members)) continue;
    for (const [key, member] of Object.entries(members))
      for (const name of isObject(member) ? Object.keys(member) : [])
        owners.set([section, key, name].join("\n"), page);
  }
}

/** Merges the members under `section`; with depth 2 also the members of those (an operation under a path). */
function mergeMembers(
  document: JsonObject,
  page: PageDocument,
  owners: Map<string, PageDocument>,
  section: string,
  depth: 1 | 2,
): void {
  const keys = section.split("/");
  const target = container(document, keys);
  const source = container(page.document, keys);
  for (const [key, member] of Object.entries(source)) {
    if (depth === 2 && isObject(member) && isObject(target[key])) {
      mergeMembers(document, page, owners, `${section}\n${key}`, 1);
      continue;
    }
    const path = [
      ...section.split(/\n/).flatMap((part, index) => (index === 0 ? part.split("/") : [part])),
      key,
    ];
    if (!Object.hasOwn(target, key)) {
      target[key] = structuredClone(member);
      for (const name of depth === 2 && isObject(member) ? Object.keys(member) : [])
        owners.set([...path, name].join("\n"), page);
      owners.set(path.join("\n"), page);
    } else if (!isDeepStrictEqual(target[key], member)) {
      const other = owners.get(ownerKey(path)) ?? page;
      throw new InputError(
        `${page.place(path)}: ${path.join(" ")} differs from the one of the same name at ${other.place(path)}; import revisions of the same date, or rename one by an overlay.`,
      );
    }
  }
}

function container(document: JsonObject, keys: readonly string[]): JsonObject {
  let at = document;
  for (const key of keys.flatMap((part) => part.split("\n"))) {
    const next = at[key];
    if (isObject(next)) at = next;
    else {
      const created: JsonObject = {};
      at[key] = created;
      at = created;
    }
  }
  return at;
}

function mergeInfo(document: JsonObject, other: JsonObject): void {
  const info = document["info"];
  const version = isObject(other["info"]) ? other["info"]["version"] : undefined;
  if (isObject(info) && typeof version === "string" && version > String(info["version"]))
    info["version"] = version;
}

function mergeServers(document: JsonObject, page: PageDocument, first: PageDocument): void {
  if (!isDeepStrictEqual(document["servers"], page.document["servers"]))
    throw new InputError(
      `${page.place(["servers"])}: the servers differ from those at ${first.place(["servers"])}; one contract has one list of servers.`,
    );
}
