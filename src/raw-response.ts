/** A response without its body. */
export interface RawResponse {
  readonly headers: Headers;
  readonly redirected: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly type: Response["type"];
  readonly url: string;
}

/** The parsed body and the response that carried it. */
export interface WithRawResponse<T> {
  readonly data: T;
  readonly rawResponse: RawResponse;
}
