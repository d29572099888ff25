/**
 * Looks up one-based lines in a JSON text that is known to parse: of the nearest existing place on the way along steps.
 * Reads the text instead of a syntax tree, so that a contract of ten megabytes costs little memory for its places; each
 * object is read once, when a place in it is first asked for.
 */
export function jsonLines(text: string): (steps: readonly string[]) => number {
  const objects = new Map<number, ReadonlyMap<string, Member>>();
  const root = new Reader(text, 0).blank();
  return (steps) => {
    let place = root;
    let at = root;
    for (const step of steps) {
      if (text[at] === "{") {
        const members = objects.get(at) ?? new Reader(text, at).members();
        objects.set(at, members);
        const member = members.get(step);
        if (!member) break;
        place = member.key;
        at = member.value;
      } else {
        const item = new Reader(text, at).item(Number(step));
        if (item === undefined) break;
        place = item;
        at = item;
      }
    }
    return lineOf(text, place);
  };
}

/** Where a member's key and its value begin. */
interface Member {
  readonly key: number;
  readonly value: number;
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}

class Reader {
  at: number;
  readonly #text: string;

  constructor(text: string, at: number) {
    this.#text = text;
    this.at = at;
  }

  /** Steps over white space; returns the new place. */
  blank(): number {
    while (" \t\r\n".includes(this.#text[this.at] ?? "x")) this.at++;
    return this.at;
  }

  /** Every member of the object that begins here. */
  members(): Map<string, Member> {
    const members = new Map<string, Member>();
    this.at++;
    while (this.#text[this.blank()] === '"') {
      const key = this.at;
      this.#string();
      const name = JSON.parse(this.#text.slice(key, this.at));
      this.blank();
      this.at++; // the colon
      members.set(name, { key, value: this.blank() });
      this.#value();
      if (this.#text[this.blank()] === ",") this.at++;
    }
    return members;
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
