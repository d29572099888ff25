/** A string or number of a JSON text, with the names that it stands under. */
export interface JsonToken {
  /** Where it stands, quotation marks included. */
  readonly start: number;
  readonly end: number;
  readonly kind: "string" | "number" | "name";
  /** The name of the member that it is the value of, or of the one that its array is; undefined outside any member. */
  readonly name: string | undefined;
  /** Names of the members around it, outermost first. */
  readonly above: readonly string[];
}

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|[[\]{}:,]/g;

interface Frame {
  readonly isObject: boolean;
  readonly name: string | undefined;
  readonly above: readonly string[];
  member: string | undefined;
}

/** `true` for a whole JSON text that is an object, an array or a string. */
export function isJson(text: string): boolean {
  if (!/^\s*["[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The names, strings and numbers of a valid JSON text, in order; read in one pass, however deep it is nested. */
export function* jsonTokens(text: string): Generator<JsonToken> {
  const frames: Frame[] = [];
  let expectsName = false;
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    const start = match.index;
    const end = start + token.length;
    const frame = frames.at(-1);
    const name = frame?.isObject === true ? frame.member : frame?.name;
    const above = frame?.above ?? [];
    switch (token) {
      case "{":
      case "[": {
        const isObject = token === "{";
        // An array passes its own name on; an object begins names of its own.
        const outer = isObject && name !== undefined && above.length < DEEPEST ? [...above, name] : above;
        frames.push({ isObject, name, above: outer, member: undefined });
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
          yield { start, end, kind: "name", name: undefined, above };
        } else yield { start, end, kind: token.startsWith('"') ? "string" : "number", name, above };
    }
  }
}

/** Names further in than this are not kept: their lists would cost the square of the depth. */
const DEEPEST = 32;
