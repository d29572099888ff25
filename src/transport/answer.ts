import type { RawResponse } from "../raw-response.ts";
import type { Redactor } from "../secrets/create-redactor.ts";
import { redactBody } from "../secrets/redact-body.ts";
import { toRawResponse } from "./to-raw-response.ts";

/** A whole answer; of an error answer, the body is redacted. */
export interface Answer {
  readonly ok: boolean;
  readonly status: number;
  /** `undefined` when over the limit, broken off or not UTF-8. */
  readonly text: string | undefined;
  /** Made when it is asked for: most callers want the body alone. */
  readonly rawResponse: RawResponse;
}

/** @param text the body, `undefined` when it can't be had */
export function toAnswer(response: Response, text: string | undefined, redact: Redactor): Answer {
  const { ok, status } = response;
  return {
    ok,
    status,
    text: text && (ok ? text : redactBody(text, redact)),
    get rawResponse() {
      return toRawResponse(response, redact);
    },
  };
}
