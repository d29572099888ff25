import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readContract } from "../contract/load-contract.ts";
import { linearPattern } from "./linear-pattern.ts";
import { Oracle } from "./oracle.ts";
import { UnreadablePatternError } from "./pattern-program.ts";
import { validValue } from "./valid-value.ts";

const at = "/components/schemas/it";

function oracleFor(schema: object): Oracle {
  const document = {
    openapi: "3.1.0",
    paths: { "/a": { get: { responses: {} } } },
    components: { schemas: { it: schema } },
  };
  return new Oracle(readContract(new TextEncoder().encode(JSON.stringify(document)), "a.json"));
}

function test(pattern: string, text: string): boolean {
  const read = linearPattern(pattern);
  if (read instanceof UnreadablePatternError) throw read;
  return read.test(text);
}

describe("a pattern means what the language says", () => {
  it.each<[pattern: string, matching: string, other: string]>([
    ["^\\p{L}+$", "Ærøskøbing漢", "a1"],
    ["^\\p{Script=Greek}{2}$", "αβ", "ab"],
    ["^[\\p{Lu}\\d]+ \\P{L}$", "É9 !", "é9 !"],
    ["^.$", "😀", "😀😀"],
    ["^(?=.*[A-Z])(?=.*\\d)(?!.*\\s).{8,}$", "Abcdefg1", "abcdefg1"],
    ["^(?!admin$)[a-z]+$", "adminx", "admin"],
    ["(?<=\\$)\\d+(?:\\.\\d\\d)?$", "cost $12.50", "cost 12.50"],
    ["(?<!a)b", "cb", "ab"],
    ["^(?:(?=(?:ab)+$)a|b)+$", "abab", "aab"],
    ["\\bword\\b", "a word.", "swords"],
    ["a\\Bb", "ab", "a b"],
    ["^(a|ab)(c|bcd)(d*)$", "abcd", "abce"],
    ["^(?:a{2,3}){2}$", "aaaaa", "aaa"],
    ["^a{0}b$", "b", "ab"],
    ["^(?:)*$", "", "a"],
    ["^(?:a*)*$", "aaa", "b"],
    ["", "anything", "\u0000never"],
    ["^\\s$", "\ufeff", "a"],
    ["^\\-\\_\\w$", "-_a", "-a"], // only without the "u" flag
    ["^\\u00e9\\x41\\cJ$", "éA\n", "e"],
    ["[^]", "\n", ""],
    ["^\\/[^/]+\\/?$", "/a/", "a"],
  ])("%s", (pattern, matching, other) => {
    expect(test(pattern, matching)).toBe(true);
    if (!other.includes("never")) expect(test(pattern, other)).toBe(false);
  });

  it("as the language's own engine finds, wherever that comes to an end", () => {
    const atom = fc.constantFrom(
      "a",
      "b",
      ".",
      "[ab]",
      "[^a]",
      "\\w",
      "\\b",
      "^",
      "$",
      "(?=a)",
      "(?!b)",
      "(?<=b)",
      "(?<!a)",
    );
    const pattern = fc.letrec<{ any: string }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        atom,
        fc.tuple(tie("any"), tie("any")).map(([a, b]) => a + b),
        fc.tuple(tie("any"), tie("any")).map(([a, b]) => `(?:${a}|${b})`),
        fc
          .tuple(tie("any"), fc.constantFrom("*", "+?", "?", "{2}", "{1,3}", "{2,}"))
          .map(([a, q]) => `(?:${a})${q}`),
        tie("any").map((a) => `(?=${a})`),
        tie("any").map((a) => `(?<!${a})`),
      ),
    })).any;
    // Not with surrogate pairs: V8 looks for matches in the middle of them, which ECMA-262 (22.2.7.2) doesn't.
    const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "é"), maxLength: 8 });
    fc.assert(
      fc.property(
        pattern,
        text,
        (source, value) => test(source, value) === new RegExp(source, "u").test(value),
      ),
      { numRuns: 1_500, seed: 19 },
    );
  });
});

describe("hostile patterns", () => {
  it.each([
    "^(a+)+$",
    "^(a|aa)+$",
    "^(a|a)*$",
    "^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+$",
    "(x+x+)+y",
    "^(?=(a+)+$)b",
    "(a*)*b",
    "\\s+$",
    "^(.*)*(.*)*(.*)*x$",
    "^((a{0,30}){0,30}){0,4}b$",
    ".*.*=.*",
    "(?<=(a+)+)b",
  ])("%s takes time that grows with the text", (pattern) => {
    const time = (length: number) => {
      const text = `${"a".repeat(length)}${" ".repeat(length)}!`;
      const started = performance.now();
      test(pattern, text);
      return performance.now() - started;
    };
    time(500);
    const short = time(500);
    // Eight times the text; quadratic work takes sixty-four times as long, and the worst of these would never end.
    expect(time(4_000)).toBeLessThan(Math.max(40 * short, 400));
  });
});

describe("in a schema", () => {
  it("a pattern with a backreference is reported, and blames nobody", () => {
    const oracle = oracleFor({
      properties: { quoted: { type: "string", pattern: "^(['\"]).*\\1$" } },
      patternProperties: { "^(a)\\1$": { type: "number" }, "^b": { type: "number" } },
      additionalProperties: false,
    });
    expect(oracle.accepts(at, "response", { quoted: "a'", aa: 1, z: 1 })).toBe(true);
    expect(oracle.accepts(at, "response", { b: "x" })).toBe(false);
    expect(oracle.notJudged.map(({ pointer }) => pointer)).toEqual([
      `${at}/properties/quoted/pattern`,
      `${at}/patternProperties/^(a)\\1$`,
    ]);
  });

  it("one that repeats beyond measure, too", () => {
    const oracle = oracleFor({ pattern: "(abc){1,60000}$" });
    expect(oracle.accepts(at, "response", "x")).toBe(true);
    expect(oracle.notJudged).toHaveLength(1);
  });

  it("an invalid one doesn't compile", () => {
    expect(oracleFor({ pattern: "(" }).declare(at, "response")).toMatch(/doesn't compile|isn't valid/);
  });

  it("names and texts are made and judged by Unicode properties", () => {
    const oracle = oracleFor({
      type: "object",
      required: ["title"],
      properties: { title: { type: "string", pattern: "^\\p{Lu}[\\p{L}\\p{N}]{2,5}$" } },
      patternProperties: { "^\\p{Ll}-": { type: "integer" } },
      additionalProperties: false,
    });
    expect(validValue(oracle, at)).toBeDefined();
    expect(oracle.accepts(at, "response", { title: "Éa1", "é-x": 1 })).toBe(true);
    expect(oracle.accepts(at, "response", { title: "éa1" })).toBe(false);
    expect(oracle.accepts(at, "response", { title: "Éa1", "É-x": 1 })).toBe(false);
  });
});
