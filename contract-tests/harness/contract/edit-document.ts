import { isObject, type JsonObject } from "./json-object.ts";
import { pointerSteps } from "./json-pointer.ts";

/**
 * A copy of the document with another value at `pointer`; `undefined` takes the member away. The document itself when
 * that is what it holds.
 */
export function editedAt(document: JsonObject, pointer: string, value: unknown): JsonObject {
  const edited = edit(document, pointerSteps(pointer), value);
  return isObject(edited) ? edited : {};
}

function edit(at: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(at)) {
    const next = edit(at[Number(step)], rest, value);
    return next === at[Number(step)] ? at : at.map((item, index) => (String(index) === step ? next : item));
  }
  const { [step]: old, ...others } = isObject(at) ? at : {};
  const next = edit(old, rest, value);
  if (next === old && isObject(at)) return at;
  return next === undefined ? others : { ...others, [step]: next };
}
