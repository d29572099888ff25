import { type AST, RegExpParser } from "@eslint-community/regexpp";
import { BeyondBudget } from "./budget.ts";
import {
  type Assertion,
  type PatternProgram,
  type Program,
  patternProgram,
  type Step,
  UnreadablePatternError,
} from "./pattern-program.ts";

/** A pattern of the contract, as the oracle asks it. */
export interface TextPattern {
  test(text: string): boolean;
}

/** Roughly what it takes to try a pattern on a text, by a look at a schema as the measure. */
export function stepsOf(pattern: TextPattern, text: string): number {
  return pattern instanceof RegExp ? 1 : 1 + text.length;
}

/** Most characters that such a pattern is tried on: it takes about a microsecond and a hundred bytes for each. */
const longestText = 1_000_000;

const known = new Map<string, TextPattern | UnreadablePatternError>();

/**
 * Reads a pattern (ECMA-262, as JSON Schema 2020-12, Validation, section 6.3.3 has it) so that it is judged in time that
 * grows no faster than the text, whatever the pattern (docs/decisions/016-patterns-in-linear-time.md).
 *
 * JSON Schema asks for the "u" flag only as a SHOULD, and many documents escape what it doesn't allow to be escaped: those
 * are read without it.
 *
 * @returns what is in the way when it can't be judged so
 * @throws {SyntaxError} when it is no pattern
 */
export function linearPattern(source: string): TextPattern | UnreadablePatternError {
  let pattern = known.get(source);
  if (pattern === undefined) {
    pattern = read(source);
    known.set(source, pattern);
  }
  return pattern;
}

/** A pattern parsed with the "u" flag, or without where only that is allowed. */
export function parsePattern(source: string): { readonly parsed: AST.Pattern; readonly flags: string } {
  const parser = new RegExpParser({ ecmaVersion: 2024 });
  try {
    return { parsed: parser.parsePattern(source, 0, source.length, { unicode: true }), flags: "u" };
  } catch {
    return { parsed: parser.parsePattern(source, 0, source.length, { unicode: false }), flags: "" };
  }
}

function read(source: string): TextPattern | UnreadablePatternError {
  const { parsed, flags } = parsePattern(source);
  if (isPlain(parsed)) return new RegExp(source, flags);
  try {
    const program = patternProgram(parsed, flags);
    return {
      test: (text) => {
        if (text.length <= longestText) return matches(program, flags === "u" ? [...text] : text.split(""));
        throw new BeyondBudget(
          `patterns are checked on texts of at most ${longestText.toLocaleString("en")} characters`,
        );
      },
    };
  } catch (error) {
    if (error instanceof UnreadablePatternError) return error;
    throw error;
  }
}

/**
 * True when the language's own engine has little to go back to: it begins at the start of the text, and repeats but one
 * character by a number that isn't fixed.
 */
function isPlain({ alternatives }: AST.Pattern): boolean {
  return alternatives.every(({ elements }) => {
    const [first, ...rest] = elements;
    if (first?.type !== "Assertion" || first.kind !== "start") return false;
    const repeated = rest.filter((element) => element.type === "Quantifier");
    const others = rest.filter((element) => element.type !== "Quantifier");
    return (
      repeated.every(({ element }) => isCharacter(element)) &&
      others.every(
        (element) => isCharacter(element) || (element.type === "Assertion" && element.kind === "end"),
      ) &&
      repeated.filter(({ min, max }) => min !== max).length <= 1
    );
  });
}

function isCharacter({ type }: AST.Element | AST.QuantifiableElement): boolean {
  return type === "Character" || type === "CharacterSet" || type === "CharacterClass";
}

/** Whether the program matches anywhere in a text, given character by character. */
function matches(program: PatternProgram, text: readonly string[]): boolean {
  const holding: Uint8Array[] = [];
  for (const { program: inner, behind, negate } of program.lookarounds) {
    const places = new Uint8Array(text.length + 1);
    // Forwards, a match ends where what lies behind it holds; backwards, where what lies ahead does.
    run(inner, text, holding, !behind, (at) => {
      places[at] = 1;
      return false;
    });
    holding.push(negate ? places.map((holds) => 1 - holds) : places);
  }
  return run(program, text, holding, false, () => true);
}

/**
 * Walks all ways through the program at once, from every place of the text; `onMatch` is told where they end, and ends
 * the walk by true.
 */
function run(
  { steps, start }: Program,
  text: readonly string[],
  holding: readonly Uint8Array[],
  backwards: boolean,
  onMatch: (at: number) => boolean,
): boolean {
  const reachedAt = new Int32Array(steps.length).fill(-1);
  const waiting: number[] = [];
  let current: number[] = [];
  for (let count = 0; count <= text.length; count++) {
    const at = backwards ? text.length - count : count;
    const next: number[] = [];
    let isMatch = false;
    const character = text[backwards ? at - 1 : at];
    waiting.push(start);
    for (const index of current) waiting.push(index);
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
      if (reachedAt[index] === count) continue;
      reachedAt[index] = count;
      const step: Step | undefined = steps[index];
      if (step === undefined) continue;
      if (step.step === "match") isMatch = true;
      else if (step.step === "split") waiting.push(step.other, step.next);
      else if (step.step === "assert") {
        if (holds(step.assertion, text, at, holding)) waiting.push(step.next);
      } else if (character !== undefined && step.isIn(character)) next.push(step.next);
    }
    if (isMatch && onMatch(at)) return true;
    current = next;
  }
  return false;
}

function holds(
  assertion: Assertion,
  text: readonly string[],
  at: number,
  holding: readonly Uint8Array[],
): boolean {
  if ("around" in assertion) return holding[assertion.around]?.[at] === 1;
  if (assertion.kind === "start") return at === 0;
  if (assertion.kind === "end") return at === text.length;
  return (isWord(text[at - 1]) !== isWord(text[at])) === (assertion.kind === "word");
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /^\w$/.test(character);
}
