import type { Oracle } from "../schema/oracle.ts";
import { type VisitedPlace, visitInstance } from "../schema/visit-instance.ts";
import type { ReadBody } from "./check.ts";

/** Walks every value of a body along its schema; undefined when there is no value that a schema describes. */
export function visitBody(oracle: Oracle, body: ReadBody): readonly VisitedPlace[] | undefined {
  if (body.kind !== "values") return undefined;
  const described = body.values.filter(({ schema }) => schema !== undefined);
  if (described.length === 0) return undefined;
  return described.flatMap(({ value, schema = "" }) => visitInstance(oracle, schema, value));
}
