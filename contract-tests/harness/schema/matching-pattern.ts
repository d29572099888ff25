import { type AST, visitRegExpAST } from "@eslint-community/regexpp";
import fc from "fast-check";
import { checkCharacters } from "./budget.ts";
import { leastLength } from "./least-length.ts";
import { parsePattern } from "./linear-pattern.ts";

/** How long the strings are that are made; patterns without a bound of their own need the larger ones to be long enough. */
const sizes = ["-1", "=", "+1"] as const;
type Size = (typeof sizes)[number];

const made = new Map<string, fc.Arbitrary<string> | undefined>();

/**
 * Strings that match `pattern`, made once for each; undefined where fast-check can't read it.
 *
 * @param fits when given, the smallest size is taken that makes strings for which it holds
 * @throws {BeyondBudget} when they are longer than any text that is made
 */
export function matchingPattern(
  pattern: string,
  fits?: (text: string) => boolean,
): fc.Arbitrary<string> | undefined {
  const smallest = ofSize(pattern, sizes[0]);
  if (smallest === undefined || fits === undefined) return smallest;
  for (const size of sizes) {
    const strings = ofSize(pattern, size);
    if (strings && fc.sample(strings, { numRuns: 60, seed: 7 }).some(fits)) return strings;
  }
  return smallest;
}

function ofSize(pattern: string, size: Size): fc.Arbitrary<string> | undefined {
  checkCharacters("a pattern", leastLength(pattern));
  const key = `${size} ${pattern}`;
  if (!made.has(key)) made.set(key, readPattern(pattern, size));
  return made.get(key);
}

function readPattern(pattern: string, size: Size): fc.Arbitrary<string> | undefined {
  try {
    const { parsed, flags } = parsePattern(pattern);
    return fc.stringMatching(new RegExp(withoutProperties(pattern, parsed), flags), { size });
  } catch {
    return undefined;
  }
}

/** Characters that have a Unicode property; whether they match, the oracle says. */
const havingProperty: readonly (readonly [RegExp, string])[] = [
  [/^(Lu|Uppercase_Letter|Uppercase)$/, "A-Z"],
  [/^(Ll|Lowercase_Letter|Lowercase)$/, "a-z"],
  [/^(N|Nd|Number|Decimal_Number)$/, "0-9"],
  [/^(P|Po|Punctuation|Other_Punctuation)$/, "!,."],
  [/^(Z|Zs|Separator|Space_Separator|White_Space)$/, " "],
  [/^(S|Sc|Symbol|Currency_Symbol)$/, "$"],
  [/^(M|Mn|Mark|Nonspacing_Mark)$/, "\u0301"],
  [/^(Greek|Grek)$/, "α-ω"],
  [/^(Cyrillic|Cyrl)$/, "а-я"],
  [/^(Han|Hani)$/, "一-十"],
  [/./, "A-Za-z"],
];

/** fast-check makes no strings of `\\p{…}`: a few characters that have the property stand in for it. */
function withoutProperties(source: string, parsed: AST.Pattern): string {
  const edits: { start: number; end: number; text: string }[] = [];
  visitRegExpAST(parsed, {
    onCharacterSetEnter(set) {
      if (set.kind !== "property" || set.negate) return;
      const name = set.value ?? set.key;
      const letters = havingProperty.find(([property]) => property.test(name))?.[1] ?? "";
      const isInClass = set.parent.type === "CharacterClass";
      edits.push({ start: set.start, end: set.end, text: isInClass ? letters : `[${letters}]` });
    },
  });
  return edits.reduceRight(
    (text, { start, end, text: letters }) => text.slice(0, start) + letters + text.slice(end),
    source,
  );
}
