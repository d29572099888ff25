import type { RequestOptions } from "../client-options.ts";
import type { HttpResponsePromise } from "../http-response-promise.ts";
import type { ByteStream } from "../streams/byte-stream.ts";
import type { ValueStream } from "../streams/value-stream.ts";
import type { Operation } from "./operation.ts";

/**
 * The generated calls as a client offers them: request options may follow, and the result is a promise, of the body as
 * documented or of its bytes as they come.
 */
export type WithRequestOptions<Surface> = {
  readonly [Name in keyof Surface]: Surface[Name] extends (...args: infer Args) => infer Result
    ? {
        (...args: [...Required<Args>, requestOptions: AsStream]): HttpResponsePromise<ByteStream>;
        (...args: [...Args, requestOptions?: RequestOptions]): HttpResponsePromise<Streamed<Result>>;
      }
    : WithRequestOptions<Surface[Name]>;
};

type AsStream = RequestOptions & { readonly asStream: true };

/** The generated types name the platform's streams; the client's can be disposed of. */
type Streamed<Result> =
  Result extends ReadableStream<Uint8Array>
    ? ByteStream
    : Result extends AsyncIterableIterator<infer Value>
      ? ValueStream<Value>
      : Result;

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
  const root: CallNode = Object.create(null);
  for (const [id, operation] of Object.entries(operations)) {
    const names = id.split(".");
    names.reduce((node, name, depth) => {
      node[name] ??= depth === names.length - 1 ? callOf(id, operation) : Object.create(null);
      // `generate` refuses an id that is the beginning of another one, so only the last name holds a call.
      return node[name] as CallNode;
    }, root);
  }
  return root;
}
