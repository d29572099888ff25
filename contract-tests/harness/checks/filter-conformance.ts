import { isDone } from "../cases/answered.ts";
import { rowsOf } from "../cases/paging.ts";
import { pathValues } from "../cases/runtime-expression.ts";
import { isSameName } from "../cases/same-name.ts";
import { isObject } from "../contract/json-object.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { enumOf, flattenSchema } from "../schema/flat-schema.ts";
import type { Check, Complaint } from "./check.ts";
import { answeredIn, isMeant } from "./observed.ts";

/**
 * Rows are what was requested: a query parameter with listed values filters by the property of its name, and a list below
 * one resource (`/rooms/{roomId}/bookings`) contains only what belongs to it. That equal names mean the same is a guess,
 * so these are warnings.
 */
export const filterConformance: Check = {
  id: "filter-conformance",
  rule: "The rows of a filtered list match the filter (warning).",
  needsMemory: true,
  begin: () => (judged) => {
    const { oracle, operation } = judged;
    const answered = answeredIn(judged);
    if (!answered || !isMeant(judged) || operation.method !== "GET" || !isDone(answered.response))
      return undefined;
    const rows = rowsOf(answered.body)?.filter(isObject) ?? [];
    if (rows.length === 0) return undefined;
    const query = new URLSearchParams(answered.request.path.split("?").slice(1).join("?"));
    const complaints: Complaint[] = [];
    let isFiltered = false;
    const judge = (name: string, wanted: string, pointer: string, kind: string) => {
      for (const row of rows) {
        const member = Object.entries(row).find(([own]) => isSameName(own, name))?.[1];
        if (member === undefined || member === null || isObject(member)) continue;
        isFiltered = true;
        const values = (Array.isArray(member) ? member : [member]).map(String);
        if (values.includes(wanted)) continue;
        complaints.push({
          kind,
          severity: "warning",
          pointer,
          message: `A row's ${name} differs from the one requested (assuming both mean the same).`,
          expected: wanted,
          actual: values.join(", ") || "nothing",
        });
        return;
      }
    };
    for (const { in: place, name, schema, pointer } of operation.parameters) {
      const wanted = place === "query" ? query.getAll(name) : [];
      if (schema === undefined || wanted.length !== 1 || wanted[0] === undefined) continue;
      const flat = flattenSchema(oracle, schema);
      if (enumOf(flat) || flat.types?.join() === "boolean")
        judge(name, wanted[0], joinPointer(pointer, "schema"), "other-rows");
    }
    for (const [name, wanted] of pathValues(operation.path, answered.request.path))
      if (!isSameName(name, "id")) judge(name, wanted, operation.pointer, "rows-of-another");
    return isFiltered ? complaints : undefined;
  },
};
