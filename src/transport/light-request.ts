/**
 * The few members of a `Request` that openapi-fetch and the transport use. Touching `globalThis.Request` would load
 * Node's HTTP stack at start, and its `url` would have to be absolute before the address is known.
 */
export class LightRequest {
  declare readonly method: string;
  declare readonly headers: Headers;
  declare readonly body?: BodyInit | undefined;
  declare readonly signal?: AbortSignal | null;
  /** Path and query, from the base URL on. */
  readonly url: string;

  constructor(url: string, init: object) {
    Object.assign(this, init);
    this.url = url;
  }
}
