/** A server as a function from request to answer, so that a provider and a fault of it are plain values. */
export type Handler = (request: ReceivedRequest) => Answer | Promise<Answer>;

/** A request as the server received it. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path with query, as sent. */
  readonly url: string;
  /** Names in lower case, repeats joined as node:http joins them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface Answer {
  readonly status: number;
  /** A provider's own have lower-case names. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
}
