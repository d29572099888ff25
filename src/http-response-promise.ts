import type { RawResponse, WithRawResponse } from "./raw-response.ts";

/** The parsed body, and the response if you ask for it. */
export interface CallResult<T> {
  readonly data: T;
  readonly rawResponse: () => RawResponse;
}

/**
 * A promise of the parsed body that also gives access to the response. The promise it extends stays empty, so
 * inspecting it shows no token.
 */
export class HttpResponsePromise<T> extends Promise<T> {
  readonly #result: Promise<CallResult<T>>;

  constructor(result: Promise<CallResult<T>>) {
    super(() => {});
    this.#result = result;
  }

  /** The body together with status and headers. */
  withRawResponse(): Promise<WithRawResponse<T>> {
    return this.#result.then(({ data, rawResponse }) => ({ data, rawResponse: rawResponse() }));
  }

  // biome-ignore lint/suspicious/noThenProperty: it is a promise; `catch` calls it too.
  override then<A = T, B = never>(
    onfulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onrejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    // Without a handler the value stays what it is (ECMA-262 §27.2.5.4), which only the type can't tell.
    return this.#result.then(({ data }) => (onfulfilled ? onfulfilled(data) : (data as A & T)), onrejected);
  }

  override finally(onfinally?: (() => void) | null): Promise<T> {
    return this.then().finally(onfinally);
  }
}
