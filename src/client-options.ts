import type { Environment } from "../generated/provider.ts";
import type { LogConfig, Logger } from "./logging/logger.ts";
import type { Supplier } from "./supplier.ts";

/** Header values by name. A function is asked per call; `null` takes the header away. */
export type HeaderOptions =
  | Record<string, Supplier<string | number | boolean | null | undefined>>
  | Iterable<readonly [string, Supplier<string | null | undefined>]>;

/** How a client reaches the provider. Every option may be left out. */
export interface ClientOptions {
  /** The API key, or a function asked for it per call. Default: the environment variable ${keyVariable}. */
  apiKey?: Supplier<string | undefined> | undefined;
  /** One of the provider's addresses. Default: the first of `ApiEnvironment`. */
  environment?: Supplier<Environment | string> | undefined;
  /** Any other address, path prefix allowed; wins over `environment`. Must be https:, or http: on loopback. */
  baseUrl?: Supplier<string> | undefined;
  /** Sent with every request, after the client's own headers: an object, a `Headers`, a `Map` or a list of pairs. */
  headers?: HeaderOptions | undefined;
  /**
   * Seconds for a whole call: every attempt, the waits between them and the body. Of a stream: to its first byte, and
   * from each byte to the next while the caller waits for it. Default: what the operation declares, else 30.
   */
  timeoutInSeconds?: number | undefined;
  /**
   * Attempts after the first, for what may be sent twice: operations that are idempotent (RFC 9110 §9.2.2) or declared
   * harmless, and calls with an `Idempotency-Key` header. A repeated token call can mint a spare token; 0 sends exactly
   * one request. Default: 2.
   */
  maxRetries?: number | undefined;
  /**
   * The most bytes of a success, after content decoding. Default: what the operation declares, else 16 MiB for JSON and
   * text, 256 MiB for bytes, and no limit for a stream.
   */
  maxResponseBytes?: number | undefined;
  /**
   * What becomes of a success that isn't valid against the contract: an error, a warning in the log (without `logging`,
   * on `console`) with the value as it came, or nothing, unread. Default: `error`.
   */
  validation?: "error" | "warn" | "off" | undefined;
  /** Default: `globalThis.fetch`, read at each call. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Default: silent. No key, token, header or body is ever logged. */
  logging?: LogConfig | Logger | undefined;
  /** Allows a browser, where anybody can read the API key. Default: false. */
  dangerouslyAllowBrowser?: boolean | undefined;
  /** Allows http: beyond loopback, where anybody on the way can read the API key. Default: false. */
  dangerouslyAllowHttp?: boolean | undefined;
}

/** What one call does otherwise than its client. */
export interface RequestOptions {
  /** Seconds for the whole call, or to each byte of a stream. */
  timeoutInSeconds?: number | undefined;
  /** Attempts after the first, where the call may be sent twice. */
  maxRetries?: number | undefined;
  /** The most bytes of a success, after content decoding. */
  maxResponseBytes?: number | undefined;
  /** Gives the body of a success as a stream of bytes, unread, whatever the contract documents. */
  asStream?: boolean | undefined;
  /** Ends the call at once, wherever it is, with an error whose code is `aborted`. */
  abortSignal?: AbortSignal | undefined;
  /** The API key of this call. */
  apiKey?: Supplier<string | undefined> | undefined;
  /** Added to the query: lists repeat their name, objects are written `name[member]=value`. */
  queryParams?: Record<string, unknown> | undefined;
  /** Wins over the client's headers. */
  headers?: HeaderOptions | undefined;
}
