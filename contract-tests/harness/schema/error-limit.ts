/** Most errors that are collected of one value: each takes some hundred bytes, and nobody reads so many. */
export const mostErrors = 10_000;

/** A value has more errors than are collected: whether it is valid is to be found out without collecting them. */
export class TooManyErrors extends Error {
  override readonly name = "TooManyErrors";
}

/**
 * Options for Ajv that end the collecting of errors with `TooManyErrors`: it collects without bound, and copies all of them at
 * each reference. The code that it makes counts them in `errors`, in two ways; what made it is `self` there.
 */
export const errorLimit = {
  tooManyErrors: new TooManyErrors(`a value has more than ${mostErrors} errors`),
  process: (code: string) =>
    code
      .replaceAll("errors++;", `if(++errors > ${mostErrors}) throw self.opts.tooManyErrors;`)
      .replaceAll(
        /\berrors = vErrors\.length;?/g,
        `if((errors = vErrors.length) > ${mostErrors}) throw self.opts.tooManyErrors;`,
      ),
} as const;
