/** What went wrong, in its own words: anything may be thrown, and whatever it is has to be told. */
export function messageOf(error: unknown): string {
  try {
    const text = error instanceof Error ? error.message : String(error);
    return text === "" ? "no reason given" : text;
  } catch {
    return "the thrown value can't be described";
  }
}
