import { escapedViews } from "../http/escaped-views.ts";
import type { SensitiveNames } from "./sensitive-names.ts";

/** A value that stands in a text under a sensitive name. */
export interface NamedValue {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  /** What is written in its place: a number stays a number, so that the text keeps its type. */
  readonly replacement: string;
}

const STRING = String.raw`"(?:[^"\\]|\\.)*"?`;
/**
 * The ways in which a name and its value stand together; the last group is the value (looked
 * ahead at in JSON, since a value may hold members of its own). Texts are searched rather than
 * parsed, so that a cut or malformed body keeps its secrets just as well as a whole one.
 */
const JSON_MEMBER = new RegExp(
  String.raw`"((?:[^"\\\n]|\\.){1,80})"\s*:\s*(?=(${STRING}|-?\d[\d.eE+-]*|\[\s*${STRING}(?:\s*,\s*${STRING})*))`,
  "g",
);
const PAIR = /(?<=^|[?&;\s,'"(])([\w.[\]%-]{1,80})=([^&;\s"'<>,)]+)/g;
const MULTIPART = /name="([^"\r\n]{1,80})"[^\r\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n([\s\S]*?)(?=\r?\n--|$)/g;
const ELEMENT = /<([\w:.-]{1,80})(?:\s[^<>]*)?>([^<]+)</g;

/** Each with a text that stands wherever it can match: looked for first, since that is much faster. */
const PATTERNS = [
  [PAIR, "="],
  [MULTIPART, 'name="'],
  [ELEMENT, "</"],
] as const;

/**
 * Values under a sensitive name in JSON, query strings, forms, multipart parts and XML, be these
 * escaped inside another text or not; ordered, not overlapping.
 */
export function namedValues(text: string, names: SensitiveNames): readonly NamedValue[] {
  const found = escapedViews(text).flatMap((view) => {
    const original = (index: number) => view.starts?.[index] ?? index;
    return namedValuesIn(view.text, names).map((item) => ({
      ...item,
      start: original(item.start),
      end: original(item.end),
    }));
  });
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  let end = 0;
  return found.filter((item) => {
    if (item.start < end) return false;
    end = item.end;
    return true;
  });
}

function namedValuesIn(text: string, names: SensitiveNames): NamedValue[] {
  const found: NamedValue[] = [];
  if (!names.mayStandIn(text)) return found;
  const add = (start: number, value: string, replacement: string) => {
    if (value === "" || value.startsWith("REDACTED") || value.startsWith("$")) return;
    found.push({ start, end: start + value.length, value, replacement });
  };
  if (text.includes('"')) {
    for (const match of text.matchAll(JSON_MEMBER)) {
      const [whole, name = "", value = ""] = match;
      if (!names.has(name)) continue;
      const start = match.index + whole.length;
      const first = value.charAt(0);
      if (first === '"' || first === "[") {
        for (const item of value.matchAll(/"((?:[^"\\]|\\.)*)"?/g)) {
          add(start + item.index + 1, item[1] ?? "", "REDACTED");
        }
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
  return found;
}
