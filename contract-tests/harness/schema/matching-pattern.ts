import fc from "fast-check";

/** How long the strings are that are made; patterns without a bound of their own need the larger ones to be long enough. */
const sizes = ["-1", "=", "+1"] as const;
type Size = (typeof sizes)[number];

const made = new Map<string, fc.Arbitrary<string> | undefined>();

/**
 * Strings that match `pattern`, made once for each; undefined where fast-check can't read it.
 *
 * @param fits when given, the smallest size is taken that makes strings for which it holds
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
  const key = `${size} ${pattern}`;
  if (!made.has(key)) made.set(key, readPattern(pattern, size));
  return made.get(key);
}

function readPattern(pattern: string, size: Size): fc.Arbitrary<string> | undefined {
  try {
    return fc.stringMatching(new RegExp(pattern), { size });
  } catch {
    return undefined;
  }
}
