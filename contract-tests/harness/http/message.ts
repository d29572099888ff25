/** A header as it was on the wire: name and value, in order, with repeats. */
export type HeaderLine = readonly [name: string, value: string];

/** One HTTP request, ready to send to any base URL. */
export interface HttpRequest {
  readonly method: string;
  /** Path with query, already percent-encoded, beginning with "/"; relative to the target's base URL. */
  readonly path: string;
  readonly headers: readonly HeaderLine[];
  readonly body?: Uint8Array;
}

/** One HTTP response as received: the body is what was on the wire, before any content decoding. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: readonly HeaderLine[];
  readonly body: Uint8Array;
  /** Milliseconds from the first byte sent to the last byte received. */
  readonly durationMs: number;
  /** True when the connection ended before the framing (Content-Length, chunked) said it would. */
  readonly truncated?: boolean;
  /** Lower-case names of headers that the recorder left out. */
  readonly lacks?: ReadonlySet<string>;
}

/** No response at all. `code` is the system's or the harness's: ECONNRESET, TIMEOUT, HPE_INVALID_HEADER_TOKEN … */
export interface TransportFailure {
  readonly code: string;
  readonly message: string;
}
