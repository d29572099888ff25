import type { Parameter } from "../contract/contract.ts";
import { isObject } from "../contract/json-object.ts";
import type { Oracle } from "../schema/oracle.ts";

/** A value that the caller gives for a parameter. */
export interface CallerValue {
  readonly value: unknown;
  /** It was given for this operation by name, and not for all that have such a parameter. */
  readonly isForThis: boolean;
}

/** What the caller gives for one operation: it stands before everything made up and everything captured. */
export interface CallerValues {
  readonly parameters: ReadonlyMap<Parameter, CallerValue>;
  /** By the names of the body's members. */
  readonly members: ReadonlyMap<string, unknown>;
}

export const noCallerValues: CallerValues = { parameters: new Map(), members: new Map() };

/** A body with the caller's members in it, as far as it stays valid. */
export function withMembers(
  oracle: Oracle,
  schema: string | undefined,
  value: unknown,
  { members }: CallerValues = noCallerValues,
): unknown {
  if (!isObject(value)) return value;
  let result = value;
  for (const [name, member] of members) {
    const changed = { ...result, [name]: member };
    if (schema === undefined || oracle.accepts(schema, "request", changed)) result = changed;
  }
  return result;
}
