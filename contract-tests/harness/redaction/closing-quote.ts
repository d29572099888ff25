/**
 * Where the JSON string that begins at `start` has its closing quotation mark; the end of the text when it is cut. A pattern
 * would run out of stack at some megabytes.
 */
export function closingQuote(text: string, start: number): number {
  for (let from = start + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return text.length;
    let escapes = quote;
    while (escapes > from && text[escapes - 1] === "\\") escapes--;
    if ((quote - escapes) % 2 === 0) return quote;
    from = quote + 1;
  }
}
