import { escapedViews } from "./escaped-views.ts";

/** Where a secret stands in a text, and what is written in its place. */
export interface SecretRange {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

interface Needle {
  /** ASCII letters in lower case: a server may shout a key back, and hex digits come in both cases. */
  readonly text: string;
  readonly label: string;
  /** Secrets under 8 characters count only where no letter or digit adjoins them: `test` stays in `latest`. */
  readonly wholeWord: boolean;
  /** Base64: the match grows to the whole run, since the characters at its edges hold bits of the secret. */
  readonly growsToRun: boolean;
}

/** Shorter secrets can't be told from ordinary text; they are redacted by the name that they stand under alone. */
export const SHORTEST_SECRET = 4;
const SHORTEST_UNBOUNDED = 8;
const SHORTEST_BASE64 = 6;
const KEY_LENGTH = 4;

/** In lower case, and with `+` as a blank, which it is in queries and forms. As long as the text. */
function fold(text: string): string {
  const lower = text.toLowerCase();
  const folded = lower.length === text.length ? lower : text.replace(/[A-Z]+/g, (run) => run.toLowerCase());
  return folded.replaceAll("+", " ");
}

/** The part of the Base64 text that depends on the secret alone, for a secret that begins at byte `offset` mod 3. */
function base64At(secret: Uint8Array, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), secret]);
  return bytes.toString("base64").slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6));
}

/**
 * The bytes that a secret may be: UTF-8, or one byte a character, which is how headers carry text. A secret that was
 * read from a header may be UTF-8 already, seen through the latter.
 */
function byteForms(secret: string): readonly Buffer[] {
  const utf8 = Buffer.from(secret, "utf8");
  const latin1 = Buffer.from(secret, "latin1");
  return latin1.toString("latin1") === secret && !latin1.equals(utf8) ? [utf8, latin1] : [utf8];
}

function needlesOf(secret: string, label: string): Needle[] {
  const wholeWord = secret.length < SHORTEST_UNBOUNDED;
  const forms = byteForms(secret);
  const texts = forms.flatMap((bytes) => [bytes.toString("latin1"), bytes.toString("utf8")]);
  const plain = new Set([secret, ...texts]);
  const encoded = new Set([
    ...forms.map((bytes) => bytes.toString("hex")),
    // Without its last zero, so that both orders of bytes are found, at the end of a body too.
    Buffer.from(secret, "utf16le").toString("latin1").replace(/\0$/, ""),
  ]);
  const base64 = forms
    .flatMap((bytes) => [0, 1, 2].map((offset) => base64At(bytes, offset)))
    .flatMap((text) => [text, text.replaceAll("+", "-").replaceAll("/", "_")])
    .filter((text) => text.length >= SHORTEST_BASE64);
  return [
    ...[...plain].map((text) => ({ text: fold(text), label, wholeWord, growsToRun: false })),
    ...[...encoded].map((text) => ({ text: fold(text), label, wholeWord: false, growsToRun: false })),
    ...[...new Set(base64)].map((text) => ({ text: fold(text), label, wholeWord: false, growsToRun: true })),
  ];
}

const WORD = /[a-z0-9]/i;
const BASE64_CHARACTER = /[a-z0-9+/_=-]/i;

function hash(text: string, index: number): number {
  const code = text.charCodeAt(index) * 961 + text.charCodeAt(index + 1) * 31 + text.charCodeAt(index + 2);
  return code & 0xffff;
}

/**
 * Finds many secrets in a text in one pass: a table of 65,536 flags tells in a few operations that nothing begins
 * here, so thousands of secrets cost no more than one.
 */
export class SecretMatcher {
  readonly #flags = new Uint8Array(0x10000);
  readonly #byKey = new Map<string, Needle[]>();

  /** Adds a secret of at least {@link SHORTEST_SECRET} characters; shorter ones are passed over. */
  add(secret: string, label: string): void {
    if (secret.length < SHORTEST_SECRET) return;
    for (const needle of needlesOf(secret, label)) {
      const key = needle.text.slice(0, KEY_LENGTH);
      this.#flags[hash(needle.text, 0)] = 1;
      const list = this.#byKey.get(key) ?? [];
      list.push(needle);
      this.#byKey.set(key, list);
    }
  }

  /** Every place of every secret, in any of its spellings; ranges of the original text, ordered, not overlapping. */
  find(text: string): readonly SecretRange[] {
    if (this.#byKey.size === 0 || text.length < SHORTEST_SECRET) return [];
    const found: SecretRange[] = [];
    for (const view of escapedViews(text)) {
      const original = (index: number) => view.starts?.[index] ?? index;
      for (const range of this.#findPlain(view.text)) {
        found.push({ ...range, start: original(range.start), end: original(range.end) });
      }
    }
    return merged(found);
  }

  *#findPlain(text: string): Generator<SecretRange> {
    const folded = fold(text);
    for (let index = 0; index + KEY_LENGTH <= folded.length; index += 1) {
      if (this.#flags[hash(folded, index)] === 0) continue;
      const needle = longestAt(folded, index, this.#byKey.get(folded.slice(index, index + KEY_LENGTH)) ?? []);
      if (needle === undefined) continue;
      let start = index;
      let end = index + needle.text.length;
      if (needle.growsToRun) {
        while (start > 0 && BASE64_CHARACTER.test(text.charAt(start - 1))) start -= 1;
        while (end < folded.length && BASE64_CHARACTER.test(text.charAt(end))) end += 1;
      }
      yield { start, end, label: needle.label };
      index = end - 1;
    }
  }
}

function longestAt(text: string, index: number, needles: readonly Needle[]): Needle | undefined {
  let longest: Needle | undefined;
  for (const needle of needles) {
    if (needle.text.length > (longest?.text.length ?? 0) && matchesAt(text, index, needle)) longest = needle;
  }
  return longest;
}

function matchesAt(text: string, index: number, needle: Needle): boolean {
  if (!text.startsWith(needle.text, index)) return false;
  if (!needle.wholeWord) return true;
  return !WORD.test(text.charAt(index - 1)) && !WORD.test(text.charAt(index + needle.text.length));
}

function merged(ranges: readonly SecretRange[]): readonly SecretRange[] {
  const ordered = [...ranges].sort((a, b) => a.start - b.start || b.end - a.end);
  const result: SecretRange[] = [];
  for (const range of ordered) {
    const last = result.at(-1);
    if (last === undefined || range.start >= last.end) result.push(range);
    else if (range.end > last.end) result[result.length - 1] = { ...last, end: range.end };
  }
  return result;
}
