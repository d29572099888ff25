/** Tells whether a value is valid against a documented schema. */
export type Validator = (data: unknown) => boolean;
