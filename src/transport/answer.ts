import type { Validator } from "../calls/validator.ts";
import type { ClientOptions } from "../client-options.ts";
import type { RawResponse } from "../raw-response.ts";
import type { ByteSource } from "../streams/byte-source.ts";

/** An answer: whole, or as it comes. */
export interface Answer {
  readonly ok: boolean;
  readonly status: number;
  /** Its documented status and media type, as the validators are listed; `undefined` where none is documented. */
  readonly key: string | undefined;
  /** As received; `undefined` when it comes as a stream, and of an error answer. */
  readonly bytes: Uint8Array<ArrayBuffer> | undefined;
  /** The body that is still coming. */
  readonly source?: ByteSource;
  /** Of an error answer, redacted; `undefined` when it is too large, broke off, or isn't UTF-8 (RFC 8259 §8.1). */
  readonly text: () => string | undefined;
  /** Reads what isn't JSON; `isValid` and `refuse` are for the values of a series. */
  readonly read?: (isValid: Validator | undefined, refuse: () => void) => unknown;
  /** Made when it is asked for, since most callers want the body alone; an accessor would cost more than it spares. */
  readonly rawResponse: () => RawResponse;
  /** What becomes of a success that the contract doesn't allow; an error by default. */
  readonly validation: ClientOptions["validation"];
  /** An error of the family about this answer, which is logged too. */
  readonly failed: ByteSource["failed"];
  /** Tells the caller's log about this answer. */
  readonly warn: (message: string) => void;
}
