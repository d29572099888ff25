import { pathValues } from "../cases/runtime-expression.ts";
import { isSameName } from "../cases/same-name.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import type { Complaint, JudgedExchange } from "./check.ts";
import type { DescribedObject } from "./observed.ts";

/**
 * Members of a response named like a path parameter have its value; `id` counts only if it is the
 * path's last parameter, since elsewhere it is another resource's.
 */
export function judgeNamesInPath(
  { operation, exchange }: JudgedExchange,
  { value }: DescribedObject,
): readonly Complaint[] {
  const inPath = [...pathValues(operation.path, exchange.case.request.path)];
  return inPath.flatMap(([name, wanted]): Complaint[] => {
    if (isSameName(name, "id") && !operation.path.endsWith(`{${name}}`)) return [];
    const [, member] = Object.entries(value).find(([own]) => isSameName(own, name)) ?? [];
    const isName = typeof member === "string" || typeof member === "number";
    if (!isName || String(member).toLowerCase() === wanted.toLowerCase()) return [];
    return [
      {
        kind: "names-another",
        severity: "warning",
        pointer: joinPointer(operation.pointer, "responses"),
        message: `${JSON.stringify(name)} differs from the value in the path (assuming both mean the same).`,
        expected: wanted,
        actual: String(member),
      },
    ];
  });
}
