/** Longer words than this are cut: nobody reads them, and a page can make them as long as it likes. */
const longestWord = 500;

/**
 * Text from elsewhere (a page, an address, a file's name) for one line of a terminal or log: control characters, which
 * could break the line or steer the terminal, and marks that turn the direction of reading are written as escapes.
 */
export function printable(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, escaped)
    .replaceAll(new RegExp(`\\S{${longestWord},}`, "g"), (word) => `${word.slice(0, 200)}…`);
}

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  if (character === "\n") return "\\n";
  return `\\u${code.toString(16).padStart(4, "0")}`;
}
