import { decimalOf } from "./decimal.ts";

/**
 * A whole number that a double doesn't hold, such as an id of 64 bits: every reader of JSON or YAML here gives it in place
 * of the number next to it (docs/decisions/017-large-integers.md). Where nobody looks for it, it counts as that number.
 */
export class LargeInteger extends Number {
  /** Whether there has been one in this process: where there was none, nobody needs to look for them. */
  static isUsed = false;
  readonly exact: bigint;

  constructor(exact: bigint) {
    super(Number(exact));
    this.exact = exact;
    LargeInteger.isUsed = true;
  }

  override toString(): string {
    return String(this.exact);
  }
}

/** More digits than this mean no number. */
const mostDigits = 1_000;

/** The number that a text means, by the grammar of JSON. */
export function numberOfText(text: string): number | LargeInteger {
  const near = Number(text);
  if (Number.isSafeInteger(near) || (Number.isFinite(near) && !Number.isInteger(near))) return near;
  const { digits, exponent } = decimalOf(text);
  if (Math.abs(exponent) > mostDigits || text.length > mostDigits) return near;
  const scale = 10n ** BigInt(Math.abs(exponent));
  if (exponent < 0 && digits % scale !== 0n) return near;
  const exact = exponent < 0 ? digits / scale : digits * scale;
  if (!Number.isFinite(near)) return new LargeInteger(exact);
  const shortest = decimalOf(near);
  return shortest.digits * 10n ** BigInt(shortest.exponent) === exact ? near : new LargeInteger(exact);
}

/** What a number may be that isn't read exactly: 16 digits, or an exponent of two; or beyond every double, `null`. */
const suspicious = /\d[\d.]{15}|\d[eE][+-]?\d\d|null/;
/** An escape, an end of a string or a number: no loop runs over a string, which may have megabytes. */
const token = /\\.|"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * `JSON.parse`, with large integers exact.
 *
 * @throws {SyntaxError}
 */
export function parseJsonText(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!suspicious.test(text)) return value;
  let mark = "large-integer:";
  while (text.includes(mark)) mark = `${mark}:`;
  let found = false;
  let isInString = false;
  const marked = text.replace(token, (one) => {
    if (one === '"') isInString = !isInString;
    if (isInString || !/\d$/.test(one) || !(numberOfText(one) instanceof LargeInteger)) return one;
    found = true;
    return `"${mark}${one}"`;
  });
  if (!found) return value;
  return JSON.parse(marked, (_, member: unknown) =>
    typeof member === "string" && member.startsWith(mark) ? numberOfText(member.slice(mark.length)) : member,
  );
}

/** For catching what `parseJsonText` throws, or a decoder before it: a failure of another kind isn't the text's. */
export function throwUnlessBadText(error: unknown): void {
  if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
}

/** `JSON.stringify`, with large integers exact; undefined for what is no JSON. */
export function jsonText(value: unknown): string | undefined {
  const plain: string | undefined = JSON.stringify(value); // the library's type leaves undefined out
  if (plain === undefined || !suspicious.test(plain)) return plain;
  let mark = "large-integer:";
  while (plain.includes(mark)) mark = `${mark}:`;
  return JSON.stringify(value, (_, member: unknown) =>
    member instanceof LargeInteger ? `${mark}${member}` : member,
  ).replace(new RegExp(`"${mark}(-?\\d+)"`, "g"), "$1");
}

/** A copy of a JSON value, its large integers among it. */
export function cloneJson<T>(value: T): T {
  const copy = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(copy);
    if (typeof one !== "object" || one === null || one instanceof LargeInteger) return one;
    // As it comes out of JSON, `__proto__` is a member like any other.
    return Object.fromEntries(Object.entries(one).map(([name, member]) => [name, copy(member)]));
  };
  return copy(value) as T; // of the same shape
}
