/** A row of `generated/operations.ts`, as far as a call needs it. */
export interface Operation {
  readonly method: string;
  /** OpenAPI path template. */
  readonly path: string;
  /** In the path's order. */
  readonly pathParameters: readonly string[];
  /** Those whose schema is an enumeration of strings. */
  readonly enumPathParameters?: readonly string[];
  readonly queryParameters: readonly string[];
  readonly headerParameters: readonly string[];
  readonly requestMediaTypes: readonly string[];
  readonly successStatuses: readonly string[];
  /** The header that carries the key. */
  readonly credential: { readonly in: "header"; readonly name: string } | null;
}

/** What an operation takes besides its path parameters. */
export interface OperationRequest {
  readonly query?: Record<string, unknown>;
  readonly header?: Record<string, unknown>;
  readonly body?: unknown;
}
