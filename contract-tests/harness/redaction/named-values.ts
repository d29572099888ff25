import { escapedViews } from "../http/escaped-views.ts";
import { closingQuote } from "./closing-quote.ts";
import { isJson, jsonTokens } from "./json-tokens.ts";
import { multipartValues } from "./multipart-values.ts";
import type { SensitiveNames } from "./sensitive-names.ts";

/** A value that stands in a text under a sensitive name. */
export interface NamedValue {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  /** What is written in its place: a number stays a number, so that the text keeps its type. */
  readonly replacement: string;
}

/**
 * The ways in which a name and its value stand together; the last group is the value (looked
 * ahead at in JSON, since a value may hold members of its own; of strings and lists it is the beginning). What is no whole JSON text is searched rather than
 * parsed, so that a cut or malformed body keeps its secrets just as well as a whole one.
 */
const JSON_MEMBER = /"((?:[^"\\\n]|\\.){1,200})"\s*:\s*(?=(["[]|-?\d[\d.eE+-]*))/g;
const PAIR = /(?<=^|[?&#;\s,'"({])([\w.[\]%-]{1,200})=([^&;\s"'<>,)]+)/g;
const QUOTED_PAIR = /(?<=^|[?&#;\s,({])([\w.[\]%-]{1,200})="([^"\r\n]*)/g;
const ELEMENT = /<([\w:.-]{1,200})(?:\s[^<>]*)?>([^<]+)</g;
const CHARACTER_DATA = /<([\w:.-]{1,200})(?:\s[^<>]*)?>\s*<!\[CDATA\[((?:(?!<!\[CDATA\[|\]\]>)[\s\S])*)/g;

/** Each with a text that stands wherever it can match: looked for first, since that is much faster. */
const PATTERNS = [
  [PAIR, "="],
  [QUOTED_PAIR, '="'],
  [CHARACTER_DATA, "<![CDATA["],
  [ELEMENT, "</"],
] as const;

/**
 * Values under a sensitive name in JSON, query strings, forms, multipart parts and XML, be these
 * escaped inside another text or not; ordered, not overlapping.
 */
export function namedValues(text: string, names: SensitiveNames): readonly NamedValue[] {
  const mayHold = names.mayStandIn(text) || /[\\%&]/.test(text);
  if (!mayHold) return [];
  return distinct(isJson(text) ? namedValuesInJson(text, names) : namedValuesInViews(text, names));
}

function namedValuesInViews(text: string, names: SensitiveNames): NamedValue[] {
  return escapedViews(text).flatMap((view) => {
    const original = (index: number) => view.starts?.[index] ?? index;
    return namedValuesIn(view.text, names).map((item) => ({
      ...item,
      start: original(item.start),
      end: original(item.end),
    }));
  });
}

/** Ordered, not overlapping. */
function distinct(found: NamedValue[]): readonly NamedValue[] {
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  let end = 0;
  return found.filter((item) => {
    if (item.start < end) return false;
    end = item.end;
    return true;
  });
}

/** A JSON text is read by its tokens, so that what is found are whole values, whatever stands in them. */
function namedValuesInJson(text: string, names: SensitiveNames): NamedValue[] {
  const found: NamedValue[] = [];
  for (const { start, end, kind, name, isBelow } of jsonTokens(text, names.has)) {
    const raw = text.slice(start, end);
    const isNamed = name !== undefined && names.has(name);
    if (kind === "number") {
      if (isNamed) found.push({ start, end, value: raw, replacement: "0" });
      continue;
    }
    const value = String(JSON.parse(raw));
    const isSecret =
      kind === "string" && (isNamed || (looksMinted(value) && !IS_DATE.test(value) && isBelow));
    if (isSecret && !isHidden(value))
      found.push({ start: start + 1, end: end - 1, value, replacement: "REDACTED" });
    else if (!isSecret && (names.mayStandIn(raw) || /[\\%&]/.test(raw)))
      found.push(
        ...namedValuesInViews(raw.slice(1, -1), names).map((item) => ({
          ...item,
          start: item.start + start + 1,
          end: item.end + start + 1,
        })),
      );
  }
  return found;
}

/** A value that stands for a secret already. */
function isHidden(value: string): boolean {
  return value === "" || /^(Bearer |Basic )?REDACTED(-\d+)?$/.test(value);
}

/** A variable of a shell, as in curl lines. */
const VARIABLE = /^\$[A-Z][A-Z_]*$/;
const IS_DATE = /^\d{4}-\d\d-\d\d(?:[T ]|$)/;

/** A minted value is looked for everywhere only if it can't be an ordinary word: `string` is what mocks answer. */
export function looksMinted(value: string): boolean {
  return value.length >= 8 && !/\s/.test(value) && (/\d/.test(value) || value.length >= 20);
}

function namedValuesIn(text: string, names: SensitiveNames): NamedValue[] {
  const found: NamedValue[] = [];
  if (!names.mayStandIn(text)) return found;
  const add = (start: number, value: string, replacement: string) => {
    if (isHidden(value) || VARIABLE.test(value)) return;
    found.push({ start, end: start + value.length, value, replacement });
  };
  if (text.includes('"')) {
    for (const match of text.matchAll(JSON_MEMBER)) {
      const [whole, name = "", value = ""] = match;
      if (!names.has(name)) continue;
      const start = match.index + whole.length;
      if (value === '"' || value === "[") {
        for (const item of stringsAt(text, start)) add(item.start, item.value, "REDACTED");
      } else add(start, value, "0");
    }
  }
  for (const [pattern, sign] of PATTERNS) {
    if (!text.includes(sign)) continue;
    for (const match of text.matchAll(pattern)) {
      const [whole, name = "", value = ""] = match;
      const end = pattern === ELEMENT ? whole.length - 1 : whole.length;
      if (names.has(name)) add(match.index + end - value.length, value, "REDACTED");
    }
  }
  if (text.includes('name="')) {
    for (const { name, start, end } of multipartValues(text))
      if (names.has(name)) add(start, text.slice(start, end), "REDACTED");
  }
  return found;
}

/** The string at a place, or those that the list there begins with: without their quotation marks, the last maybe cut. */
function* stringsAt(
  text: string,
  place: number,
): Generator<{ readonly start: number; readonly value: string }> {
  const space = /\s*/y;
  const behindSpace = (at: number): number => {
    space.lastIndex = at;
    return at + (space.exec(text)?.[0].length ?? 0);
  };
  const isList = text[place] === "[";
  let at = isList ? behindSpace(place + 1) : place;
  while (text[at] === '"') {
    const quote = closingQuote(text, at);
    yield { start: at + 1, value: text.slice(at + 1, quote) };
    at = behindSpace(quote + 1);
    if (!isList || text[at] !== ",") return;
    at = behindSpace(at + 1);
  }
}
