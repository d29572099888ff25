import type { Contract, Operation } from "./contract.ts";
import { isObject, objectOr, textOr } from "./json-object.ts";
import { joinPointer } from "./json-pointer.ts";
import { localPointer } from "./local-pointer.ts";

/** How an answer leads to another operation (OpenAPI 3.1, section 4.8.20). */
export interface Link {
  readonly target: Operation;
  /** Parameter name, perhaps with its place (`path.id`), to a value or a runtime expression. */
  readonly parameters: ReadonlyMap<string, unknown>;
}

/** The links of the documented response at `responsePointer`; those that lead to no operation here are left out. */
export function linksOf(contract: Contract, responsePointer: string): readonly Link[] {
  const at = joinPointer(responsePointer, "links");
  return Object.keys(objectOr(contract.resolve(at).value)).flatMap((name) => {
    const link = objectOr(contract.resolve(joinPointer(at, name)).value);
    const target = targetOf(contract, textOr(link["operationId"]), textOr(link["operationRef"]));
    if (!target) return [];
    const parameters = isObject(link["parameters"]) ? link["parameters"] : {};
    return [{ target, parameters: new Map(Object.entries(parameters)) }];
  });
}

function targetOf(
  { operations }: Contract,
  operationId: string | undefined,
  reference: string | undefined,
): Operation | undefined {
  if (operationId !== undefined) return operations.find((operation) => operation.operationId === operationId);
  const pointer = reference === undefined ? undefined : localPointer(reference);
  return operations.find((operation) => operation.pointer === pointer);
}
