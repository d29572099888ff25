import { closingQuote } from "./closing-quote.ts";

/** A string or number of a JSON text, with the names that it stands under. */
export interface JsonToken {
  /** Where it stands, quotation marks included. */
  readonly start: number;
  readonly end: number;
  readonly kind: "string" | "number" | "name";
  /** The name of the member that it is the value of, or of the one that its array is; undefined outside any member. */
  readonly name: string | undefined;
  /** It stands in an object that is the value of a marked name, at whatever depth. */
  readonly isBelow: boolean;
}

/** A string by its beginning alone. */
const TOKEN = /"|-?\d[\d.eE+-]*|[[\]{}:,]/g;

interface Frame {
  readonly isObject: boolean;
  readonly name: string | undefined;
  readonly isBelow: boolean;
  member: string | undefined;
}

/** `true` for a whole JSON text that is an object, an array, a string or a number. */
export function isJson(text: string): boolean {
  if (!/^\s*(["[{]|-?\d+(\.\d+)?([eE][-+]?\d+)?\s*$)/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The names, strings and numbers of a valid JSON text, in order; read in one pass, however deep it is nested. */
export function* jsonTokens(
  text: string,
  isMarked: (name: string) => boolean = () => false,
): Generator<JsonToken> {
  const frames: Frame[] = [];
  let expectsName = false;
  const tokens = new RegExp(TOKEN);
  for (let match = tokens.exec(text); match; match = tokens.exec(text)) {
    const start = match.index;
    const end = match[0] === '"' ? closingQuote(text, start) + 1 : start + match[0].length;
    tokens.lastIndex = end;
    const token = text.slice(start, end);
    const frame = frames.at(-1);
    const name = frame?.isObject === true ? frame.member : frame?.name;
    const isBelow = frame?.isBelow === true;
    switch (token) {
      case "{":
      case "[": {
        const isObject = token === "{";
        // An array passes its own name on; an object begins names of its own.
        const below = isBelow || (isObject && name !== undefined && isMarked(name));
        frames.push({ isObject, name, isBelow: below, member: undefined });
        expectsName = isObject;
        break;
      }
      case "}":
      case "]":
        frames.pop();
        expectsName = false;
        break;
      case ":":
        expectsName = false;
        break;
      case ",":
        expectsName = frame?.isObject === true;
        break;
      default:
        if (expectsName && frame !== undefined) {
          frame.member = String(JSON.parse(token));
          yield { start, end, kind: "name", name: undefined, isBelow };
        } else yield { start, end, kind: token.startsWith('"') ? "string" : "number", name, isBelow };
    }
  }
}
