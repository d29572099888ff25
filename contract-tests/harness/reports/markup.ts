import { escapeMarkup } from "./xml-text.ts";

/** HTML that is safe to put into a page: made by {@link markup} alone. */
export class Markup {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}

export type Part = Markup | string | number | undefined | readonly Part[];

/** A template for HTML: what is filled in is text and gets escaped, unless it is markup itself. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.reduce((text, next, index) => text + filled(parts[index - 1]) + next));
}

function filled(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Markup) return part.toString();
  if (typeof part === "string" || typeof part === "number") return escapeMarkup(String(part));
  return part.map(filled).join("");
}

/** Text of ours, known to be safe: the page's own style and script. */
export function trusted(text: string): Markup {
  return new Markup(text);
}
