import { nearestName } from "./nearest-name.ts";
import { UserError } from "./user-error.ts";

/** What an option may hold; the words stand in the sentence that refuses anything else. */
const kinds = {
  text: { words: "a text", is: (value: unknown) => typeof value === "string" },
  "text or function": {
    words: "a text or a function",
    is: (value: unknown) => typeof value === "string" || typeof value === "function",
  },
  number: { words: "a number", is: (value: unknown) => typeof value === "number" && !Number.isNaN(value) },
  "true or false": { words: "true or false", is: (value: unknown) => typeof value === "boolean" },
  list: { words: "a list", is: Array.isArray },
  texts: {
    words: "a list of texts",
    is: (value: unknown) => isListOf(value, (one) => typeof one === "string"),
  },
  pairs: {
    words: "a list of pairs of texts",
    is: (value: unknown) => isListOf(value, (one) => isListOf(one, isText) && one.length === 2),
  },
  "list or function": {
    words: "a list or a function",
    is: (value: unknown) => Array.isArray(value) || typeof value === "function",
  },
  "texts by name": {
    words: "a Map or an object of texts by name",
    is: (value: unknown) =>
      (value instanceof Map && [...value].flat().every(isText)) ||
      (isPlain(value) && Object.values(value).every(isText)),
  },
  map: { words: "a Map", is: (value: unknown) => value instanceof Map },
  function: { words: "a function", is: (value: unknown) => typeof value === "function" },
  object: { words: "an object", is: (value: unknown) => typeof value === "object" && value !== null },
} as const;

/** The kind of each option; with the keys of its type, none can be forgotten. */
export type OptionKinds<Options> = { readonly [Name in keyof Required<Options>]: keyof typeof kinds };

/**
 * Refuses options that nobody knows, and values of another kind: in JavaScript no compiler does, and what is ignored judges
 * something else than was meant. An option that is undefined counts as absent.
 *
 * @param who the function's name, for the sentence
 * @throws {UserError} for the first that is wrong
 */
export function assertOptions<Options>(who: string, given: unknown, known: OptionKinds<Options>): void {
  if (!isPlain(given)) throw new UserError(`${who} takes an object of options, not ${described(given)}.`);
  const names = Object.keys(known);
  for (const [name, value] of Object.entries(given)) {
    const kind = new Map<string, keyof typeof kinds>(Object.entries(known)).get(name);
    if (kind === undefined) {
      const near = nearestName(name, names);
      throw new UserError(
        `${who} has no option ${name}: ${near === undefined ? `there are ${names.join(", ")}.` : `did you mean ${near}?`}`,
      );
    }
    if (value !== undefined && !kinds[kind].is(value))
      throw new UserError(`${who}: ${name} has to be ${kinds[kind].words}, not ${described(value)}.`);
  }
}

/** Never the value, which may be a secret. */
function described(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "a list";
  return (
    { string: "a text", boolean: "true or false", object: "an object" }[String(typeof value)] ??
    `a ${typeof value}`
  );
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Map);
}

function isListOf(value: unknown, is: (one: unknown) => boolean): value is readonly unknown[] {
  return Array.isArray(value) && value.every(is);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
