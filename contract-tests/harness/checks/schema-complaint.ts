import type { Oracle, Violation } from "../schema/oracle.ts";
import { placeInValue } from "../schema/place-in-value.ts";
import type { Complaint } from "./check.ts";
import { describeValue } from "./describe-value.ts";

/** What a check has against a value of an answer; `what`: how the value is called in a sentence. */
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
