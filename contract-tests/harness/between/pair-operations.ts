import type { Contract, Operation, Parameter } from "../contract/contract.ts";
import { sameShape } from "../contract/match-operation.ts";
import type { OperationPair } from "./change.ts";

/** The operations of both documents; a path whose parameters have other names is the same path. */
export function pairOperations(base: Contract, revision: Contract): readonly OperationPair[] {
  const left = new Set(revision.operations);
  const pairs = base.operations.map((operation): OperationPair => {
    const found = [...left].find(({ id }) => id === operation.id) ?? [...left].find(isAlike(operation));
    if (!found) return { id: operation.id, base: operation };
    left.delete(found);
    return { id: found.id, base: operation, revision: found };
  });
  return [...pairs, ...[...left].map((operation) => ({ id: operation.id, revision: operation }))];
}

function isAlike({ method, path }: Operation): (other: Operation) => boolean {
  return (other) => other.method === method && sameShape(other.path, path);
}

/** The parameters of both; those of the path belong together by their places in it. */
export function pairParameters(
  base: Operation,
  revision: Operation,
): readonly { readonly base?: Parameter; readonly revision?: Parameter }[] {
  const keyIn = (operation: Operation) => {
    const names = [...operation.path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1]);
    return ({ in: place, name }: Parameter) => {
      if (place === "path") return `path ${names.indexOf(name)}`;
      return `${place} ${place === "header" ? name.toLowerCase() : name}`;
    };
  };
  const before = new Map(base.parameters.map((one) => [keyIn(base)(one), one]));
  const after = new Map(revision.parameters.map((one) => [keyIn(revision)(one), one]));
  return [...new Set([...before.keys(), ...after.keys()])].map((key) => {
    const [one, other] = [before.get(key), after.get(key)];
    return { ...(one ? { base: one } : {}), ...(other ? { revision: other } : {}) };
  });
}
