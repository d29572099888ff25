import type { Contract, Operation } from "../contract/contract.ts";
import { sameShape } from "../contract/match-operation.ts";
import { isSameName, nameOfOne } from "./same-name.ts";

/** A path that something can be read from or written to, and the operations on it. */
export interface Resource {
  /** `/tasks/{task_id}`, or `/tasks/{task_id}/stock`. */
  readonly path: string;
  /** The parameter that names one of many: the path's last segment; undefined when that is a word. */
  readonly parameter?: string;
  /** Makes one of them: POST on the collection above, or on one of the same name elsewhere. */
  readonly make?: Operation;
  /** Lists them: GET on the collection above. */
  readonly list?: Operation;
  readonly read?: Operation;
  readonly head?: Operation;
  readonly replace?: Operation;
  readonly change?: Operation;
  readonly remove?: Operation;
}

/** A path at which things are made and listed, whether one of them has a path of its own or not. */
export interface Collection {
  readonly path: string;
  readonly make: Operation;
  readonly list: Operation;
}

export interface ResourceMap {
  readonly resources: readonly Resource[];
  readonly collections: readonly Collection[];
}

const maps = new WeakMap<readonly Operation[], ResourceMap>();

/** The resources of a contract, as its paths show them. */
export function resourceMap({ operations }: Pick<Contract, "operations">): ResourceMap {
  const known = maps.get(operations);
  if (known) return known;
  const map = { resources: resourcesOf(operations), collections: collectionsOf(operations) };
  maps.set(operations, map);
  return map;
}

function resourcesOf(operations: readonly Operation[]): readonly Resource[] {
  const paths = [...new Set(operations.flatMap(({ path }) => [path, ...pathsAbove(path)]))];
  return paths.flatMap((path): Resource[] => {
    const on = (method: string, at = path) =>
      operations.find((operation) => operation.method === method && sameShape(operation.path, at));
    const [, above = "", parameter] = /^(.*)\/\{([^{}]+)\}$/.exec(path) ?? [];
    const own = { read: on("GET"), head: on("HEAD"), replace: on("PUT"), change: on("PATCH") };
    if (parameter === undefined && !(own.read && (own.replace || own.change))) return [];
    const remove = on("DELETE");
    const make = parameter === undefined ? undefined : makerOf(operations, above, parameter);
    const list = parameter === undefined ? undefined : on("GET", above);
    return [
      {
        path,
        ...(parameter === undefined ? {} : { parameter }),
        ...(make ? { make } : {}),
        ...(list ? { list } : {}),
        ...(own.read ? { read: own.read } : {}),
        ...(own.head ? { head: own.head } : {}),
        ...(own.replace ? { replace: own.replace } : {}),
        ...(own.change ? { change: own.change } : {}),
        ...(remove ? { remove } : {}),
      },
    ];
  });
}

/** Paths above that name one of many, whether or not anything can be done there: `/rooms/{id}` of `/rooms/{id}/doors`. */
function pathsAbove(path: string): readonly string[] {
  return [...path.matchAll(/\}\//g)].map(({ index }) => path.slice(0, index + 1));
}

function makerOf(operations: readonly Operation[], above: string, parameter: string): Operation | undefined {
  const posts = operations.filter(({ method }) => method === "POST");
  const direct = posts.find(({ path }) => sameShape(path, above));
  if (direct) return direct;
  // "/rooms/{roomId}/bookings" makes what "/bookings/{bookingId}" names.
  const word = lastWord(above);
  const elsewhere = posts.filter(({ path }) => !path.endsWith("}") && lastWord(path) === word);
  if (word !== "" && elsewhere.length === 1) return elsewhere[0];
  const named = posts.filter(
    ({ path }) => !path.endsWith("}") && isSameName(parameter, `${nameOfOne(lastWord(path))}id`),
  );
  return named.length === 1 ? named[0] : undefined;
}

function lastWord(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function collectionsOf(operations: readonly Operation[]): readonly Collection[] {
  return operations.flatMap((list): Collection[] => {
    if (list.method !== "GET") return [];
    const make = operations.find(({ method, path }) => method === "POST" && sameShape(path, list.path));
    return make ? [{ path: list.path, make, list }] : [];
  });
}
