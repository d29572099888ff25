/**
 * A secret may stand in a text percent-encoded, JSON-escaped or HTML-escaped, wholly or in part, and more than once.
 * Rather than list every spelling, the text is decoded and the secret is looked for in the result; each character
 * of a view remembers the range of the original that it was decoded from.
 */
export interface View {
  readonly text: string;
  /** Where character `i` of the view begins in the original; the last element is the original's length. */
  readonly starts: Uint32Array | undefined;
}

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  sol: "/",
  plus: "+",
  equals: "=",
};
const BACKSLASHED: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

function codePoint(digits: string, radix: 10 | 16): string | undefined {
  const code = Number.parseInt(digits, radix);
  return code <= 0xffff ? String.fromCharCode(code) : undefined;
}

interface Escape {
  readonly pattern: RegExp;
  readonly decode: (match: RegExpExecArray) => string | undefined;
}

const ESCAPES: readonly Escape[] = [
  { pattern: /%([0-9a-f]{2})/gi, decode: (match) => codePoint(match[1] ?? "", 16) },
  {
    pattern: /\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|([^ux]))/gi,
    decode: ([, unicode, hex, character]) =>
      character === undefined ? codePoint(unicode ?? hex ?? "", 16) : (BACKSLASHED[character] ?? character),
  },
  {
    pattern: /&(?:#0*(\d{1,7})|#x0*([0-9a-f]{1,6})|(amp|lt|gt|quot|apos|sol|plus|equals));?/gi,
    decode: ([, decimal, hex, name]) => {
      if (decimal !== undefined) return codePoint(decimal, 10);
      if (hex !== undefined) return codePoint(hex, 16);
      return NAMED[(name ?? "").toLowerCase()];
    },
  },
];

function decoded(view: View, kind: Escape): View | undefined {
  kind.pattern.lastIndex = 0;
  if (!kind.pattern.test(view.text)) return undefined;
  kind.pattern.lastIndex = 0;
  let text = "";
  const starts = new Uint32Array(view.text.length + 1);
  const original = (index: number) => view.starts?.[index] ?? index;
  let from = 0;
  const copy = (to: number) => {
    for (let index = from; index < to; index += 1) starts[text.length + index - from] = original(index);
    text += view.text.slice(from, to);
  };
  for (let match = kind.pattern.exec(view.text); match !== null; match = kind.pattern.exec(view.text)) {
    const character = kind.decode(match);
    if (character === undefined) continue;
    copy(match.index);
    starts[text.length] = original(match.index);
    text += character;
    from = match.index + match[0].length;
  }
  copy(view.text.length);
  starts[text.length] = original(view.text.length);
  return { text, starts: starts.subarray(0, text.length + 1) };
}

/** How many layers of escaping are undone: JSON in a query string in HTML is three. */
const DEPTH = 3;

/** The text itself and every way of reading it with up to three layers of escapes undone. */
export function escapedViews(text: string): readonly View[] {
  // One body is looked at several times in a row: for what to learn, for secrets, for names.
  if (text !== latest.text) latest = { text, views: decodedViews(text) };
  return latest.views;
}

let latest: { readonly text: string; readonly views: readonly View[] } = {
  text: "",
  views: [{ text: "", starts: undefined }],
};

function decodedViews(text: string): readonly View[] {
  const views: View[] = [{ text, starts: undefined }];
  const known = new Set([text]);
  let layer: readonly View[] = views.slice();
  for (let depth = 0; depth < DEPTH && layer.length > 0; depth += 1) {
    const next: View[] = [];
    for (const view of layer) {
      for (const kind of ESCAPES) {
        const result = decoded(view, kind);
        if (result === undefined || known.has(result.text)) continue;
        known.add(result.text);
        next.push(result);
      }
    }
    views.push(...next);
    layer = next;
  }
  return views;
}
