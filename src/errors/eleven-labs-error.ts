import type { RawResponse } from "../raw-response.ts";
import type { ElevenLabsErrorCode } from "./error-code.ts";

/** What an error tells; everything in it is free of keys and tokens. */
export interface ElevenLabsErrorInit {
  readonly message?: string | undefined;
  readonly code?: ElevenLabsErrorCode | undefined;
  readonly statusCode?: number | undefined;
  readonly body?: unknown;
  readonly rawResponse?: RawResponse | undefined;
  readonly cause?: unknown;
}

/** In the registry shared by every copy of the package, so that `isElevenLabsError` knows another copy's errors. */
export const errorBrand = Symbol.for("elevenlabs-single-use-token/error");

/** Every failure of the client is one of these. */
export class ElevenLabsError extends Error {
  override readonly name: string = "ElevenLabsError";
  /** Stable: made to be compared. */
  readonly code: ElevenLabsErrorCode;
  /** The answer's status, when there was an answer. */
  readonly statusCode: number | undefined;
  /** The body of an error answer: parsed when it is JSON, otherwise text; `undefined` when over 64 KiB. */
  readonly body: unknown;
  readonly rawResponse: RawResponse | undefined;

  constructor({ message, code, statusCode, body, rawResponse, cause }: ElevenLabsErrorInit) {
    super(message ?? `The server answered ${statusCode}.`, cause === undefined ? undefined : { cause });
    this.code = code ?? "error_status";
    this.statusCode = statusCode;
    this.body = body;
    this.rawResponse = rawResponse;
  }

  get [errorBrand](): true {
    return true;
  }

  /** The provider's id of the request, from its `x-request-id` header. */
  get requestId(): string | undefined {
    return this.rawResponse?.headers.get("x-request-id") ?? undefined;
  }
}
