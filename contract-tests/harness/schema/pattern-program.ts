import type { AST } from "@eslint-community/regexpp";

/** A pattern can't be judged in time that grows with the text alone. */
export class UnreadablePatternError extends Error {
  override readonly name = "UnreadablePatternError";
}

/** A character of the text: a code point with the "u" flag, else a UTF-16 unit. */
export type IsIn = (character: string) => boolean;

/** What must hold between two characters; `around` numbers a lookaround of the pattern. */
export type Assertion = { readonly kind: "start" | "end" | "word" | "noWord" } | { readonly around: number };

/** Steps of a nondeterministic automaton, by index; it ends at `match`. */
export type Step =
  | { readonly step: "character"; readonly isIn: IsIn; next: number }
  | { readonly step: "assert"; readonly assertion: Assertion; next: number }
  | { readonly step: "split"; next: number; other: number }
  | { readonly step: "match" };

export interface Program {
  readonly steps: readonly Step[];
  readonly start: number;
}

/** `(?=…)` and its kin: where it holds is worked out for the whole text at once, from the other end. */
export interface Lookaround {
  readonly program: Program;
  readonly behind: boolean;
  readonly negate: boolean;
}

export interface PatternProgram extends Program {
  /** The inner ones first. */
  readonly lookarounds: readonly Lookaround[];
}

/** Repetitions are written out: `{1,10000}` of three characters is more than anybody judges by. */
const mostSteps = 30_000;

/** Thompson's construction of a parsed pattern. Throws `UnreadablePatternError`. */
export function patternProgram(pattern: AST.Pattern, flags: string): PatternProgram {
  const lookarounds: Lookaround[] = [];
  return { ...programOf(pattern.alternatives, false, flags, lookarounds), lookarounds };
}

function programOf(
  alternatives: readonly AST.Alternative[],
  backwards: boolean,
  flags: string,
  lookarounds: Lookaround[],
): Program {
  const steps: Step[] = [{ step: "match" }];
  const add = (step: Step): number => {
    if (steps.length >= mostSteps) throw new UnreadablePatternError("it has too many repetitions");
    return steps.push(step) - 1;
  };
  const isIn = new Map<string, IsIn>();

  /** The first of the steps that match `alternatives` and go on to `next`. */
  const choice = (options: readonly AST.Alternative[], next: number): number =>
    options
      .map(({ elements }) => sequence(elements, next))
      .reduceRight((other, first) => add({ step: "split", next: first, other }));
  const sequence = (elements: readonly AST.Element[], next: number): number =>
    (backwards ? elements : [...elements].reverse()).reduce((after, element) => single(element, after), next);
  const single = (element: AST.Element, next: number): number => {
    switch (element.type) {
      case "Group":
        if (element.modifiers) throw new UnreadablePatternError("it changes flags inside the pattern");
        return choice(element.alternatives, next);
      case "CapturingGroup":
        return choice(element.alternatives, next);
      case "Quantifier":
        return repeated(element, next);
      case "Assertion":
        return add({ step: "assert", assertion: assertionOf(element, flags, lookarounds), next });
      case "Backreference":
        throw new UnreadablePatternError("it has a backreference");
      default: {
        const known = isIn.get(element.raw) ?? memberOf(element.raw, flags);
        isIn.set(element.raw, known);
        return add({ step: "character", isIn: known, next });
      }
    }
  };
  const repeated = ({ element, min, max }: AST.Quantifier, next: number): number => {
    let first = next;
    if (max === Number.POSITIVE_INFINITY) {
      const loop = add({ step: "split", next: 0, other: next });
      Object.assign(steps[loop] ?? {}, { next: single(element, loop) });
      first = loop;
    } else {
      for (let count = min; count < max; count++)
        first = add({ step: "split", next: single(element, first), other: next });
    }
    for (let count = 0; count < min; count++) first = single(element, first);
    return first;
  };
  return { start: choice(alternatives, 0), steps };
}

function assertionOf(assertion: AST.Assertion, flags: string, lookarounds: Lookaround[]): Assertion {
  if (assertion.kind === "word") return { kind: assertion.negate ? "noWord" : "word" };
  if (!("alternatives" in assertion)) return { kind: assertion.kind };
  const { alternatives, negate } = assertion;
  const behind = assertion.kind === "lookbehind";
  const program = programOf(alternatives, !behind, flags, lookarounds);
  return { around: lookarounds.push({ program, behind, negate }) - 1 };
}

/** Whether a character is meant by a class or by an escape: the language's own engine says so, one character at a time. */
function memberOf(raw: string, flags: string): IsIn {
  const pattern = new RegExp(`^(?:${raw})$`, flags);
  const known = new Map<string, boolean>();
  return (character) => {
    let isMember = known.get(character);
    if (isMember === undefined) {
      isMember = pattern.test(character);
      known.set(character, isMember);
    }
    return isMember;
  };
}
