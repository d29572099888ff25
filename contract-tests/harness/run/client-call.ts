/** A call of a client under test, to be made against a base URL that passes everything on to a mock. */
export interface ClientCall {
  /** `METHOD /path/template` of the operation that it calls, as documented. */
  readonly operation: string;
  /** A readable name: `orders.get with id 7, answered 404`. Unique within a run. */
  readonly what: string;
  /** The documented status that the mock is to return. */
  readonly status: number;
  /**
   * Makes the call. The value of a success is a JSON value, a text, bytes (`ArrayBuffer` or a view of one), or, for a
   * stream, all its values or bytes.
   */
  call(baseUrl: string): Promise<unknown>;
  /**
   * What is wrong with the error that the call threw for a documented failure; undefined if it is right.
   * Default: any error is right.
   */
  judgeError?(error: unknown): ClientComplaint | undefined;
}

export interface ClientComplaint {
  readonly expected: string;
  readonly actual: string;
}
