import { isDeepStrictEqual } from "node:util";
import { InputError } from "../cli/input-error.ts";
import { isObject, type Json, type JsonObject, type Path, toPointer } from "./json.ts";
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
 * @throws InputError that names both pages when two operations, two components of one name, or anything else that
 *   a contract has once, differ
 */
export function mergePages(pages: readonly PageDocument[]): MergedContract {
  const [first] = pages;
  if (first === undefined) throw new InputError("spec/documented/: no page to compile; import one.");
  const document: JsonObject = {};
  const owners = new Map<string, PageDocument>();
  for (const page of pages)
    for (const [key, member] of Object.entries(page.document)) {
      if (key === "info") mergeInfo(document, member);
      else if (key === "openapi") document[key] = newestPatch(document[key], member);
      else if (key === "tags") document[key] = mergeTags(document[key], member);
      else if (key === "externalDocs" && document[key] !== undefined) continue;
      else mergeMember(document, key, member, [key], page, owners);
    }
  return {
    document,
    place: (path) => {
      for (let length = path.length; length > 0; length -= 1) {
        const owner = owners.get(toPointer(path.slice(0, length)));
        if (owner !== undefined) return owner.place(path);
      }
      return first.place(path);
    },
  };
}

/** How many levels below a top-level field its members come from different pages: a path's methods, a kind's components. */
const depths: Readonly<Record<string, number>> = { paths: 2, components: 2 };

function mergeMember(
  target: JsonObject,
  key: string,
  member: Json,
  path: Path,
  page: PageDocument,
  owners: Map<string, PageDocument>,
): void {
  const present = Object.hasOwn(target, key) ? target[key] : undefined;
  if (
    path.length <= (depths[path[0] ?? ""] ?? 0) &&
    isObject(member) &&
    (present === undefined || isObject(present))
  ) {
    const merged: JsonObject = isObject(present) ? present : {};
    target[key] = merged;
    for (const [name, inner] of Object.entries(member))
      mergeMember(merged, name, inner, [...path, name], page, owners);
  } else if (present === undefined) {
    target[key] = structuredClone(member);
    owners.set(toPointer(path), page);
  } else if (path.length === 1 && key === "servers" && continues(member, present)) {
    target[key] = structuredClone(member);
    owners.set(toPointer(path), page);
  } else if (path.length === 1 && key === "servers" && continues(present, member)) {
    // The page that lists more of them stays.
  } else if (!isDeepStrictEqual(present, member)) {
    const other = owners.get(toPointer(path)) ?? page;
    throw new InputError(
      `${page.place(path)}: ${path.join(" ")} differs from the one of the same name at ${other.place(path)}; import both pages as they are on the same day, or take one out of the contract.`,
    );
  }
}

/**
 * Whether a list of servers is another one and more: a page without `servers` names only the first, in its heading, and
 * the first is the one that a client uses when it isn't told another.
 */
function continues(longer: Json, shorter: Json): boolean {
  if (!Array.isArray(longer) || !Array.isArray(shorter)) return false;
  const addresses = (servers: readonly Json[]): unknown[] =>
    servers.map((server) => (isObject(server) ? server["url"] : server));
  return isDeepStrictEqual(addresses(longer.slice(0, shorter.length)), addresses(shorter));
}

/** Patch releases of OpenAPI add nothing (OpenAPI 3.1 §4.1), so that 3.1.0 stands beside 3.1.1. */
function newestPatch(present: Json | undefined, other: Json): Json {
  const patch = (version: Json | undefined): number => Number(String(version).split(".")[2] ?? -1);
  return present === undefined || patch(other) > patch(present) ? other : present;
}

/** Tags are known by their names; the first description of one stands. */
function mergeTags(present: Json | undefined, others: Json): Json {
  const merged = Array.isArray(present) ? [...present] : [];
  const nameOf = (tag: Json): Json | undefined => (isObject(tag) ? tag["name"] : tag);
  for (const tag of Array.isArray(others) ? others : [])
    if (!merged.some((other) => nameOf(other) === nameOf(tag))) merged.push(structuredClone(tag));
  return merged;
}

function mergeInfo(document: JsonObject, other: Json): void {
  const info = document["info"];
  if (!isObject(info)) {
    document["info"] = structuredClone(other);
    return;
  }
  const version = isObject(other) ? other["version"] : undefined;
  if (typeof version === "string" && version > String(info["version"])) info["version"] = version;
}
