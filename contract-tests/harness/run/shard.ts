import { resourceMap } from "../cases/resources.ts";
import { isSameName, nameOfOne } from "../cases/same-name.ts";
import type { Contract, Operation } from "../contract/contract.ts";
import { listOr, objectOr } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";

/** One part of a run: `{ index: 1, count: 2 }` is the first half. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/**
 * The operations of one part of a contract. What belongs to one sequence stays together: all parts make the requests that
 * the whole would, each of them once.
 */
export function shardOf(
  { resolve }: Pick<Contract, "resolve">,
  operations: readonly Operation[],
  shard: Shard | undefined,
): readonly Operation[] {
  if (!shard) return operations;
  const parts = Array.from({ length: shard.count }, (): Operation[] => []);
  for (const group of groupsOf({ operations, resolve })) {
    const smallest = parts.reduce((least, part) => (part.length < least.length ? part : least));
    smallest.push(...group);
  }
  const own = new Set(parts[shard.index - 1]);
  return operations.filter((operation) => own.has(operation));
}

/** Operations that share things: by their paths, by what makes what, by the names of other things in queries and bodies. */
function groupsOf(contract: Pick<Contract, "operations" | "resolve">): readonly (readonly Operation[])[] {
  const root = new Map<string, string>();
  const rootOf = (place: string): string => {
    const above = root.get(place);
    return above === undefined || above === place ? place : rootOf(above);
  };
  const join = (a: string, b: string) => root.set(rootOf(a), rootOf(b));
  const { resources } = resourceMap(contract);
  for (const { path, make } of resources) if (make) join(placeOf(path), placeOf(make.path));
  for (const operation of contract.operations) {
    const names = [...operation.parameters.map(({ name }) => name), ...bodyNames(contract, operation)];
    for (const { path, parameter, make } of resources) {
      if (!make || parameter === undefined) continue;
      const calls = [parameter, `${nameOfOne(path.split("/").at(-2) ?? "")}id`];
      if (names.some((name) => calls.some((call) => isSameName(call, name) && !isSameName(name, "id"))))
        join(placeOf(operation.path), placeOf(make.path));
    }
  }
  const groups = new Map<string, Operation[]>();
  for (const operation of contract.operations) {
    const key = rootOf(placeOf(operation.path));
    groups.set(key, [...(groups.get(key) ?? []), operation]);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length);
}

/** A path up to its first parameter. */
function placeOf(path: string): string {
  return path.replace(/\/\{.*$/s, "");
}

function bodyNames(contract: Pick<Contract, "resolve">, { requestBody }: Operation): readonly string[] {
  return (requestBody?.contents ?? []).flatMap(({ schema }) =>
    schema === undefined ? [] : propertyNames(contract, schema, 0),
  );
}

function propertyNames(
  contract: Pick<Contract, "resolve">,
  pointer: string,
  depth: number,
): readonly string[] {
  const { value, pointer: at } = contract.resolve(pointer);
  const schema = objectOr(value);
  const branches = depth > 3 ? [] : ["allOf", "anyOf", "oneOf"];
  return [
    ...Object.keys(objectOr(schema["properties"])),
    ...branches.flatMap((keyword) =>
      [...listOr(schema[keyword]).keys()].flatMap((index) =>
        propertyNames(contract, joinPointer(at, keyword, index), depth + 1),
      ),
    ),
  ];
}
