/**
 * A simulated server as a function from request to answer, so that a provider's behaviour and a fault laid over it
 * are plain values; sockets are the business of the file that serves them.
 */

/** A request as the simulated server received it. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path with query, as sent. */
  readonly url: string;
  /** Names in lower case, repeats joined as node:http joins them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** An answer, and how it misbehaves on the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
  readonly wire?: WireBehaviour;
}

export interface WireBehaviour {
  /** Milliseconds before the first byte. */
  readonly delayMs?: number;
  /** Declare this Content-Length whatever the body's length. */
  readonly declaredLength?: number;
  /** Send this many bytes of the body, then cut the connection. */
  readonly cutAfterBytes?: number;
  /** Cut the connection before any byte of the answer. */
  readonly reset?: boolean;
}

export type Handler = (request: ReceivedRequest) => Answer | Promise<Answer>;

/** One deliberate violation, laid over a conforming handler. */
export interface Fault {
  /** Kebab-case, names the breach: `token-missing`, `unknown-type-accepted`. */
  readonly id: string;
  /** The ids of the checks of which at least one must complain. */
  readonly caughtBy: readonly string[];
  /** One sentence: what the server does wrong. */
  readonly breach: string;
  readonly wrap: (next: Handler) => Handler;
}

/** A variation that conforms to the contract: blaming it is a false alarm. */
export interface CleanVariation {
  readonly id: string;
  readonly why: string;
  readonly wrap: (next: Handler) => Handler;
}
