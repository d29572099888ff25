import type { RawResponse } from "../raw-response.ts";
import type { Redactor } from "../secrets/create-redactor.ts";
import { redactBody } from "../secrets/redact-body.ts";
import { toRawResponse } from "./to-raw-response.ts";

/** A whole answer. */
export interface Answer {
  readonly ok: boolean;
  readonly status: number;
  /** As received; `undefined` when over the limit or broken off. */
  readonly bytes: Uint8Array<ArrayBuffer> | undefined;
  /** Of an error answer, redacted; `undefined` when it can't be had, or isn't UTF-8 (RFC 8259 §8.1). */
  readonly text: string | undefined;
  /** Made when it is asked for, since most callers want the body alone; an accessor would cost more than it spares. */
  readonly rawResponse: () => RawResponse;
}

export function toAnswer(response: Response, bytes: Answer["bytes"], redact: Redactor): Answer {
  const { ok, status } = response;
  const text = decode(bytes);
  return {
    ok,
    status,
    bytes,
    text: text && (ok ? text : redactBody(text, redact)),
    rawResponse: () => toRawResponse(response, redact),
  };
}

function decode(bytes: Answer["bytes"]): string | undefined {
  try {
    return bytes && new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
