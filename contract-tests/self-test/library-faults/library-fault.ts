import { alterAnswer, withHeader, withJson, withoutHeader } from "../../../src/simulator/alter.ts";
import type { Answer, Fault, Handler } from "../../../src/simulator/handler.ts";
import { answering, libraryEnforcing } from "../library-provider.ts";

/** A fault of the library, and the operations that it can be seen in. */
export interface LibraryFault extends Fault {
  readonly operations: readonly string[];
}

/** Answers of one operation are changed. */
export function badAnswer(
  id: string,
  operation: string,
  caughtBy: string | readonly string[],
  breach: string,
  change: (answer: Answer) => Answer,
  ...statuses: readonly number[]
): LibraryFault {
  return {
    id,
    caughtBy: [caughtBy].flat(),
    breach,
    operations: [operation],
    wrap: alterAnswer(answering(operation, ...statuses), change),
  };
}

/** The JSON of an operation's success is changed; `change` gets a copy to work on. */
export function badJson(
  id: string,
  operation: string,
  caughtBy: string | readonly string[],
  breach: string,
  // The example in the library's contract is what is changed: its shape is known to whoever writes a fault.
  // biome-ignore lint/suspicious/noExplicitAny: JSON whose shape the contract's example gives
  change: (body: any) => unknown,
): LibraryFault {
  return {
    id,
    caughtBy: [caughtBy].flat(),
    breach,
    operations: [operation],
    wrap: alterAnswer(answering(operation), withJson(change)),
  };
}

/** A response header of an operation is changed, or left out when `value` is undefined. */
export function badHeader(
  id: string,
  operation: string,
  breach: string,
  name: string,
  value: string | undefined,
  ...statuses: readonly number[]
): LibraryFault {
  const change = (answer: Answer) =>
    value === undefined ? withoutHeader(answer, name) : withHeader(answer, name, value);
  return badAnswer(id, operation, "response-headers-conformance", breach, change, ...statuses);
}

/** A rule about requests is another than documented; `value` undefined takes it away. */
export function badRule(
  id: string,
  operation: string,
  caughtBy: string | readonly string[],
  breach: string,
  pointer: string,
  value: unknown,
): LibraryFault {
  return {
    id,
    caughtBy: [caughtBy].flat(),
    breach,
    operations: [operation],
    wrap: only(operation, libraryEnforcing(pointer, value)),
  };
}

/** Another server stands in for one operation. */
export function only(operation: string, other: Handler): Fault["wrap"] {
  const concerned = answering(operation, 0);
  return (next) => (request) => {
    const asked = concerned({ status: 0, headers: {}, body: "" }, request);
    return asked ? other(request) : next(request);
  };
}
