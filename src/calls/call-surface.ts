import type { RequestOptions } from "../client-options.ts";
import type { HttpResponsePromise } from "../http-response-promise.ts";
import type { Operation } from "./operation.ts";

/** The generated calls as a client offers them: request options may follow, and the result is a promise. */
export type WithRequestOptions<Surface> = {
  readonly [Name in keyof Surface]: Surface[Name] extends (...args: infer Args) => infer Result
    ? (...args: [...Args, requestOptions?: RequestOptions]) => HttpResponsePromise<Result>
    : WithRequestOptions<Surface[Name]>;
};

export type Call = (...args: unknown[]) => unknown;

/** A node of the surface: names, each with a call or further names. */
export interface CallNode {
  [name: string]: CallNode | Call;
}

/** Lays calls out by their dotted ids: `tokens.singleUse.create` is reached as it is written. */
export function buildCallSurface(
  operations: Readonly<Record<string, Operation>>,
  callOf: (id: string, operation: Operation) => Call,
): CallNode {
  const root: CallNode = {};
  for (const [id, operation] of Object.entries(operations)) {
    const names = id.split(".");
    names.reduce((node, name, depth) => {
      node[name] ??= depth === names.length - 1 ? callOf(id, operation) : {};
      // `generate` refuses an id that is the beginning of another one, so only the last name holds a call.
      return node[name] as CallNode;
    }, root);
  }
  return root;
}
