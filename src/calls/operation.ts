import type { HeaderOptions } from "../client-options.ts";

/**
 * The headers that carry the key, each with what stands before it there: `Bearer ` in `Authorization`, nothing in a
 * header of the provider's own.
 */
export type Credentials = Readonly<Record<string, string>>;

/** A row of `generated/operations.ts`; what doesn't apply to an operation is left out. */
export interface Operation {
  readonly method: string;
  /** OpenAPI path template. */
  readonly path: string;
  /** In the path's order; `isEnum` where the schema is an enumeration of strings. */
  readonly pathParameters: readonly { readonly name: string; readonly isEnum: boolean }[];
  /** It has query or header parameters, or a body. */
  readonly takesRequest?: true;
  /** The first documented media type of the body. */
  readonly requestMediaType?: string;
  /** The first documented success; empty when there is none. */
  readonly successStatus: string;
  /** Its success is neither JSON nor text. */
  readonly answersBytes?: true;
  readonly credentials: Credentials;
}

/** What an operation takes besides its path parameters. */
export interface OperationRequest {
  readonly query?: Record<string, unknown>;
  readonly header?: HeaderOptions;
  readonly body?: unknown;
}
