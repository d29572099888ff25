/**
 * One-based line of the nearest existing place on the way along `steps` in a JSON text that is known to parse. Reads
 * the text instead of a syntax tree, so that a contract of ten megabytes costs no memory for its places.
 */
export function lineInJson(text: string, steps: readonly string[]): number {
  const reader = new Reader(text);
  let place = reader.blank();
  for (const step of steps) {
    const found = text[reader.at] === "{" ? reader.member(step) : reader.item(Number(step));
    if (found === undefined) break;
    place = found;
  }
  return lineOf(text, place);
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}

class Reader {
  at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Steps over white space; returns the new place. */
  blank(): number {
    while (" \t\r\n".includes(this.#text[this.at] ?? "x")) this.at++;
    return this.at;
  }

  /** Moves to the value of the member called `name`; returns the place of its key. */
  member(name: string): number | undefined {
    if (this.#text[this.at] !== "{") return undefined;
    this.at++;
    while (this.#text[this.blank()] === '"') {
      const key = this.at;
      this.#string();
      const found = JSON.parse(this.#text.slice(key, this.at)) === name;
      this.blank();
      this.at++; // the colon
      this.blank();
      if (found) return key;
      this.#value();
      if (this.#text[this.blank()] === ",") this.at++;
    }
    return undefined;
  }

  /** Moves to the item at `index`; returns its place. */
  item(index: number): number | undefined {
    if (this.#text[this.at] !== "[" || !Number.isInteger(index)) return undefined;
    this.at++;
    for (let i = 0; this.#text[this.blank()] !== "]"; i++) {
      if (i === index) return this.at;
      this.#value();
      if (this.#text[this.blank()] === ",") this.at++;
    }
    return undefined;
  }

  #string(): void {
    for (this.at++; this.#text[this.at] !== '"'; this.at++) if (this.#text[this.at] === "\\") this.at++;
    this.at++;
  }

  #value(): void {
    let depth = 0;
    do {
      const character = this.#text[this.at];
      if (character === '"') {
        this.#string();
        continue;
      }
      if (character === "{" || character === "[") depth++;
      if (character === "}" || character === "]") {
        if (depth === 0) return;
        depth--;
      } else if (character === "," && depth === 0) return;
      this.at++;
    } while (this.at < this.#text.length && (depth > 0 || !",]}".includes(this.#text[this.at] ?? "")));
  }
}
