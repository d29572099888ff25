import { printable } from "./printable.ts";

/**
 * Text from elsewhere for one line of Markdown: the provider's words must not become markup, nor call people or issues;
 * what stands between two backticks is code already. GitHub looks for names in the text as it is shown, so no escape
 * hides an "@": an empty comment does.
 */
export function markdownText(text: string): string {
  return printable(text).replaceAll(/(?<!`)`[^`]+`(?!`)|[@#]|[\\`<>[\]*_|~&]/g, (mark) => {
    if (mark.length > 1) return mark;
    return mark === "@" || mark === "#" ? `${mark}<!-- -->` : `\\${mark}`;
  });
}

/** Text from elsewhere as a piece of code. */
export function markdownCode(text: string): string {
  return `\`${printable(text).replaceAll("`", "'")}\``;
}
