import type { ExpectedAnswer } from "../calls/only-answer.ts";
import type { Validator } from "../calls/validator.ts";
import type { ClientOptions } from "../client-options.ts";
import type { RawResponse } from "../raw-response.ts";
import type { ByteSource } from "../streams/byte-source.ts";

/** An answer: whole, or as it comes. */
export interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly expected: ExpectedAnswer;
  /** As received; `undefined` when it comes as a stream, and of an error answer that is over the limit or broken off. */
  readonly bytes: Uint8Array<ArrayBuffer> | undefined;
  /** The body that is still coming. */
  readonly source: ByteSource | undefined;
  /** Of an error answer, redacted; `undefined` when it can't be had, or isn't UTF-8 (RFC 8259 §8.1). */
  readonly text: () => string | undefined;
  /** Reads what isn't JSON; `isValid` and `refuse` are for the values of a series. */
  readonly read?: (isValid: Validator | undefined, refuse: () => void) => unknown;
  /** Made when it is asked for, since most callers want the body alone; an accessor would cost more than it spares. */
  readonly rawResponse: () => RawResponse;
  /** What becomes of a success that the contract doesn't allow. */
  readonly validation: NonNullable<ClientOptions["validation"]>;
  /** Tells the caller's log about this answer. */
  readonly warn: (message: string) => void;
}
