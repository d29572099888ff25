import type { WithRawResponse } from "./raw-response.ts";

/**
 * A promise of the parsed body that can also tell the response. The promise it extends stays empty, so that
 * inspecting it shows no token.
 */
export class HttpResponsePromise<T> extends Promise<T> {
  readonly #result: Promise<WithRawResponse<T>>;
  #data: Promise<T> | undefined;

  constructor(result: Promise<WithRawResponse<T>>) {
    super(() => {});
    this.#result = result;
  }

  /** The body together with status and headers. */
  withRawResponse(): Promise<WithRawResponse<T>> {
    return this.#result;
  }

  #unwrap(): Promise<T> {
    this.#data ??= this.#result.then(({ data }) => data);
    return this.#data;
  }

  // biome-ignore lint/suspicious/noThenProperty: it is a promise.
  override then<A = T, B = never>(
    onfulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onrejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#unwrap().then(onfulfilled, onrejected);
  }

  override catch<B = never>(onrejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.#unwrap().catch(onrejected);
  }

  override finally(onfinally?: (() => void) | null): Promise<T> {
    return this.#unwrap().finally(onfinally);
  }
}
