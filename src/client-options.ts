import type { Environment } from "../generated/provider.ts";
import type { LogConfig, Logger } from "./logging/logger.ts";
import type { Supplier } from "./supplier.ts";

/** Header values by name. A function is called for each call; `null` removes the header. */
export type HeaderOptions =
  | Record<string, Supplier<string | number | boolean | null | undefined>>
  | Iterable<readonly [string, Supplier<string | null | undefined>]>;

/** How a client reaches the provider. Every option may be left out. */
export interface ClientOptions {
  /** The API key, or a function called for it at each call. Default: the environment variable ${keyVariable}. */
  apiKey?: Supplier<string | undefined> | undefined;
  /** One of the provider's addresses. Default: the first of `ApiEnvironment`. */
  environment?: Supplier<Environment | string> | undefined;
  /** Any other address, optionally with a path; overrides `environment`. Must be https:, or http: on loopback. */
  baseUrl?: Supplier<string> | undefined;
  /** Sent with every request, after the client's own headers: an object, a `Headers`, a `Map` or a list of pairs. */
  headers?: HeaderOptions | undefined;
  /**
   * Seconds for a whole call: every attempt, the waits between them and the body. For a stream: up to its first byte, and
   * between any two bytes while the caller waits. Default: what the operation declares, else 30.
   */
  timeoutInSeconds?: number | undefined;
  /**
   * Attempts after the first, for calls that may be repeated: idempotent operations (RFC 9110 §9.2.2), those declared
   * harmless, and calls with an `Idempotency-Key` header. A repeated token call can mint a spare token; 0 sends exactly
   * one request. Default: 2.
   */
  maxRetries?: number | undefined;
  /**
   * Maximum size of a success in bytes, after content decoding. Default: what the operation declares, else 16 MiB for
   * JSON and text, 256 MiB for bytes, and no limit for a stream.
   */
  maxResponseBytes?: number | undefined;
  /**
   * What a success that isn't valid against the contract causes: an error, a warning in the log (without `logging`,
   * on `console`) while the value is returned as received, or nothing, since it isn't checked. Default: `error`.
   */
  validation?: "error" | "warn" | "off" | undefined;
  /** Default: `globalThis.fetch`, looked up at each call. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Default: silent. No key, token, header or body is ever logged. */
  logging?: LogConfig | Logger | undefined;
  /** Allows browsers, where anyone can read the API key. Default: false. */
  dangerouslyAllowBrowser?: boolean | undefined;
  /** Allows http: beyond loopback, where anyone on the way can read the API key. Default: false. */
  dangerouslyAllowHttp?: boolean | undefined;
}

/** Options of a single call, which override the client's. */
export interface RequestOptions {
  /** Seconds for the whole call, or until each next byte of a stream. */
  timeoutInSeconds?: number | undefined;
  /** Attempts after the first, if the call may be repeated. */
  maxRetries?: number | undefined;
  /** Maximum size of a success in bytes, after content decoding. */
  maxResponseBytes?: number | undefined;
  /** Returns the body of a success as an unread stream of bytes, whatever the contract documents. */
  asStream?: boolean | undefined;
  /** Ends the call at once, whatever it is doing, with an error whose code is `aborted`. */
  abortSignal?: AbortSignal | undefined;
  /** The API key for this call. */
  apiKey?: Supplier<string | undefined> | undefined;
  /** Added to the query: lists repeat their name, objects are written `name[member]=value`. */
  queryParams?: Record<string, unknown> | undefined;
  /** Override the client's headers. */
  headers?: HeaderOptions | undefined;
}
