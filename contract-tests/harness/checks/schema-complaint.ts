import type { Oracle } from "../schema/oracle.ts";
import { placeInValue } from "../schema/place-in-value.ts";
import type { Violation } from "../schema/violation.ts";
import type { Complaint } from "./check.ts";
import { describeValue } from "./describe-value.ts";

/** What a check objects to in a value of a response; `what`: the value's name in a sentence. */
export function schemaComplaint(
  oracle: Oracle,
  what: string,
  schema: string,
  value: unknown,
  violation: Violation,
): Complaint {
  const { keyword, pointer, message, instance } = violation;
  return {
    kind: keyword,
    pointer,
    at: placeInValue(oracle, schema, value, violation),
    message: `${what} doesn't match the schema: ${message}.`,
    expected: message,
    actual: describeValue(value, instance),
  };
}
