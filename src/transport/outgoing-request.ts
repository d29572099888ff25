import type { Operation } from "../calls/operation.ts";
import type { HeaderOptions, RequestOptions } from "../client-options.ts";

/** A request as the transport takes it; the address, the key and the client's own headers are the transport's to add. */
export interface OutgoingRequest {
  readonly method: string;
  /** Path and query, from the base URL on. */
  readonly url: string;
  /** Tells where the key stands, what comes back, how much and how late, and whether it may be sent twice. */
  readonly operation: Operation;
  readonly headers?: HeaderOptions | undefined;
  readonly body?: BodyInit | null | undefined;
  /** The body can be read but once, so that there can be no second attempt. */
  readonly isOnce?: boolean;
  /** Ends the call, as `callOptions.abortSignal` does, which wins. */
  readonly signal?: AbortSignal | null | undefined;
  /** What this call does otherwise than its client. */
  readonly callOptions?: RequestOptions | undefined;
}
