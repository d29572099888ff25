/** A call of a client under test, still to be made against a base URL that passes everything on to a mock. */
export interface ClientCall {
  /** `METHOD /path/template` of the operation that it asks for, as documented. */
  readonly operation: string;
  /** Which call it is, for people: `orders.get with id 7, answered 404`. One of each in a run. */
  readonly what: string;
  /** The documented status that the call asks the mock for. */
  readonly status: number;
  /**
   * Makes the call. The value of a success is a JSON value, a text, bytes (`ArrayBuffer` or a view of one), or of a stream
   * all its values or bytes.
   */
  call(baseUrl: string): Promise<unknown>;
  /**
   * What is wrong with an error that the call threw when a documented failure was answered; undefined when it is right.
   * Default: any error is.
   */
  judgeError?(error: unknown): ClientComplaint | undefined;
}

export interface ClientComplaint {
  readonly expected: string;
  readonly actual: string;
}
