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
  readonly decode: (match: readonly (string | undefined)[]) => string | undefined;
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

/**
 * The view with escapes of one kind undone; undefined when there are none. Where its characters come from is worked out
 * when that is asked for: most texts hold nothing that is looked for.
 */
function decoded(view: View, kind: Escape): View | undefined {
  kind.pattern.lastIndex = 0;
  if (!kind.pattern.test(view.text)) return undefined;
  const text = view.text.replace(kind.pattern, (...match) => {
    const groups = match.slice(
      0,
      match.findIndex((part) => typeof part === "number"),
    );
    return kind.decode(groups) ?? String(match[0]);
  });
  let starts: Uint32Array | undefined;
  return {
    text,
    get starts() {
      starts ??= startsOf(view, kind);
      return starts;
    },
  };
}

function startsOf(view: View, kind: Escape): Uint32Array {
  const { text, starts: before } = view;
  const starts = new Uint32Array(text.length + 1);
  const original = (index: number) => before?.[index] ?? index;
  let length = 0;
  let from = 0;
  const copy = (to: number) => {
    for (let index = from; index < to; index += 1) starts[length++] = original(index);
  };
  for (const match of text.matchAll(kind.pattern)) {
    const character = kind.decode(match);
    if (character === undefined) continue;
    copy(match.index);
    for (let at = 0; at < character.length; at += 1) starts[length++] = original(match.index);
    from = match.index + match[0].length;
  }
  copy(text.length);
  starts[length] = original(text.length);
  return starts.subarray(0, length + 1);
}

/** How many layers of escaping are undone: JSON in a query string in HTML is three. */
const DEPTH = 3;

/** Characters from which on a text is looked at in blocks of lines. */
const longText = 65_536;
/** At least so many characters a block. */
const blockLength = 16_384;

/** The text itself and every way of reading it with up to three layers of escapes undone; of a long one, parts. */
export function escapedViews(text: string): readonly View[] {
  // One body is looked at several times in a row: for what to learn, for secrets, for names.
  if (text !== latest.text)
    latest = { text, views: text.length < longText ? decodedViews(whole(text)) : viewsOfLong(text) };
  return latest.views;
}

let latest: { readonly text: string; readonly views: readonly View[] } = { text: "", views: [whole("")] };

function whole(text: string): View {
  return { text, starts: undefined };
}

/** Most of a long report has nothing escaped in it: only blocks that have, with those beside them, are read in other ways. */
function viewsOfLong(text: string): readonly View[] {
  const blocks: { readonly from: number; readonly to: number; readonly isEscaped: boolean }[] = [];
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf("\n", from + blockLength);
    const to = end < 0 ? text.length : end + 1;
    blocks.push({ from, to, isEscaped: /[%\\&]/.test(text.slice(from, to)) });
    from = to;
  }
  const parts: { from: number; to: number }[] = [];
  for (const [index, { from, to }] of blocks.entries()) {
    if (![index - 1, index, index + 1].some((near) => blocks[near]?.isEscaped)) continue;
    const last = parts.at(-1);
    if (last?.to === from) last.to = to;
    else parts.push({ from, to });
  }
  return [whole(text), ...parts.flatMap(({ from, to }) => decodedViews(partOf(text, from, to)).slice(1))];
}

function partOf(text: string, from: number, to: number): View {
  let starts: Uint32Array | undefined;
  return {
    text: text.slice(from, to),
    get starts() {
      starts ??= Uint32Array.from({ length: to - from + 1 }, (_, index) => from + index);
      return starts;
    },
  };
}

/** The view, and each with layers of escapes undone. */
function decodedViews(view: View): readonly View[] {
  const views: View[] = [view];
  const known = new Set([view.text]);
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
