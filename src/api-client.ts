import type { CallSurface } from "../generated/call-surface.ts";
import { operations } from "../generated/operations.ts";
import { buildCallSurface, type WithRequestOptions } from "./calls/call-surface.ts";
import { invoke } from "./calls/invoke.ts";
import type { Operation } from "./calls/operation.ts";
import type { ClientOptions, RequestOptions } from "./client-options.ts";
import { completeOptions } from "./complete-options.ts";
import { HttpResponsePromise } from "./http-response-promise.ts";
import { createTransport } from "./transport/transport.ts";

/** The contract's calls: only `generated/` knows their names. */
export interface ApiClient extends WithRequestOptions<CallSurface> {}

/** Calls the documented operations: each is a method with its documented name. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the constructor assigns every call.
export class ApiClient {
  /** @throws ApiError with code `invalid_configuration` when an option is missing or can't be used */
  constructor(options: ApiClient.Options = {}) {
    const transport = createTransport(completeOptions(options));
    const table: Readonly<Record<string, Operation>> = operations;
    Object.assign(
      this,
      buildCallSurface(
        table,
        (id, operation) =>
          (...args) =>
            new HttpResponsePromise(invoke(transport, id, operation, args)),
      ),
    );
  }
}

export declare namespace ApiClient {
  /** Options of a client. */
  export type Options = ClientOptions;
  export type { RequestOptions };
}
