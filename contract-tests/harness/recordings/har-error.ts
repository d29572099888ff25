/** A HAR file that can't be used: one sentence with the place and the way out. */
export class HarError extends Error {
  override readonly name = "HarError";
}
