import type { WithRawResponse } from "./raw-response.ts";

/**
 * A promise of the parsed body that can also tell the response. The promise it extends stays empty, so that
 * inspecting it shows no token.
 */
export class HttpResponsePromise<T> extends Promise<T> {
  readonly #result: Promise<WithRawResponse<T>>;

  constructor(result: Promise<WithRawResponse<T>>) {
    super(() => {});
    this.#result = result;
  }

  /** The body together with status and headers. */
  withRawResponse(): Promise<WithRawResponse<T>> {
    return this.#result.then(({ data, rawResponse }) => ({ data, rawResponse }));
  }

  // biome-ignore lint/suspicious/noThenProperty: it is a promise; `catch` calls it too.
  override then<A = T, B = never>(
    onfulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onrejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#result.then(({ data }) => data).then(onfulfilled, onrejected);
  }

  override finally(onfinally?: (() => void) | null): Promise<T> {
    return this.then().finally(onfinally);
  }
}
