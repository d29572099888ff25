/** The single way in which a negative case leaves the contract. */
export interface Deviation {
  /** JSON pointer of the broken constraint in the contract's document, e.g. "/paths/…/parameters/1/required". */
  readonly pointer: string;
  /** JSON Schema keyword or OpenAPI field that is broken: "enum", "required", "maxLength" … */
  readonly keyword: string;
  /** Where the deviation sits in the request. */
  readonly in: "path" | "query" | "header" | "cookie" | "body" | "method" | "security";
  /** The parameter's or property's name, when there is one. */
  readonly name?: string;
  /** Where in the value the constraint is broken, as far as `pointer` doesn't tell it: see `placeInValue`. */
  readonly at?: string;
}

/** One way in which a request leaves the contract. */
export interface RequestViolation extends Deviation {
  readonly message: string;
}
