import type { HeaderOptions } from "../client-options.ts";

/**
 * The header, query parameter or cookie that carries the key, and what stands before it there: `Bearer ` in
 * `Authorization`, nothing in a header of the provider's own.
 */
export type Credential = readonly [name: string, prefix?: string];

/**
 * What a caller gets of an answer's body: a parsed value, a text, an `ArrayBuffer`, a `ReadableStream`, or an async
 * iterable of the values of server-sent events (their data as JSON or as text), JSON lines or a JSON sequence.
 */
export type AnswerForm =
  | "json"
  | "text"
  | "bytes"
  | "stream"
  | "events"
  | "event-texts"
  | "lines"
  | "sequence";

/**
 * The documented successes: for each status (`200`, `2XX`, or `default` where no other is documented) its media types,
 * the narrow ones before ranges such as `audio/*`. A status without any is documented without a body.
 */
export type Answers = Readonly<Record<string, Readonly<Record<string, AnswerForm>>>>;

/** How values are written: OpenAPI 3.1 §4.8.12, with a body's parts by §4.8.15. */
export interface Style {
  readonly style?: string;
  readonly explode?: boolean;
}

/** A row of `generated/operations.ts`; what doesn't apply to an operation is left out. */
export interface Operation {
  readonly method: string;
  /** OpenAPI path template. */
  readonly path: string;
  /** What it has besides path parameters, of `query`, `header`, `cookie` and `body`, apart by blanks. */
  readonly takes?: string;
  /** Parameters that are written in another than their place's default style, by place and name: `query ids`. */
  readonly styles?: Readonly<Record<string, Style>>;
  /** The media type of the body, where it isn't `application/json`. */
  readonly requestMediaType?: string;
  /** What `Accept` says, where it isn't `application/json`. */
  readonly accept?: string;
  /** Where the only documented success is a whole JSON value: its name among the validators, `200 application/json`. */
  readonly json?: string;
  /** The successes of every other operation. */
  readonly answers?: Answers;
  /** The most bytes of a success; by default 16 MiB of JSON or text, 256 MiB of bytes, and any length of a stream. */
  readonly maxResponseBytes?: number;
  /** Seconds that a call may take, where it isn't 30. */
  readonly timeoutInSeconds?: number;
  /** May be sent again though an earlier attempt may have reached the server. */
  readonly isRepeatable?: true;
  /** An operation that needs no key has none. */
  readonly credential?: Credential;
  /** Where the key stands, when it is in no header; `basic` for `user:password` in `Authorization` (RFC 7617). */
  readonly keyIn?: "query" | "cookie" | "basic";
}

/** What an operation takes besides its path parameters. */
export interface OperationRequest {
  readonly query?: Record<string, unknown>;
  readonly header?: HeaderOptions;
  readonly cookie?: Record<string, unknown>;
  readonly body?: unknown;
}
