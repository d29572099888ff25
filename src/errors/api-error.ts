import { providerName } from "../../generated/provider.ts";
import type { RawResponse } from "../raw-response.ts";
import type { ApiErrorCode } from "./error-code.ts";

/** What an error says; the client puts no key and no token in any of it. */
export interface ApiErrorInit {
  readonly message?: string | undefined;
  /** Default: `error_status`. */
  readonly code?: ApiErrorCode | undefined;
  /** Default: the status of `rawResponse`. */
  readonly statusCode?: number | undefined;
  readonly body?: unknown;
  readonly rawResponse?: RawResponse | undefined;
  readonly cause?: unknown;
}

/** Every failure of the client is one of these. */
export class ApiError extends Error {
  override readonly name: string = `${providerName}Error`;
  /** Stable: compare errors by it. */
  declare readonly code: ApiErrorCode;
  /** The response's status, if there was a response. */
  declare readonly statusCode: number | undefined;
  /** The body of an error response: parsed if it is JSON, otherwise text, with secrets redacted; `undefined` if over 64 KiB. */
  declare readonly body: unknown;
  declare readonly rawResponse: RawResponse | undefined;

  constructor({ message, code, statusCode, body, rawResponse, cause }: ApiErrorInit) {
    const status = statusCode ?? rawResponse?.status;
    super(message ?? `The server answered ${status}.`, { cause });
    this.code = code ?? "error_status";
    this.statusCode = status;
    this.body = body;
    this.rawResponse = rawResponse;
  }

  /** The provider's id for the request, from its `x-request-id` header. */
  get requestId(): string | undefined {
    return this.rawResponse?.headers.get("x-request-id") ?? undefined;
  }
}
