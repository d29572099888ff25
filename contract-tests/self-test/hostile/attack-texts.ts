import { type AST, RegExpParser, visitRegExpAST } from "@eslint-community/regexpp";

/** Whatever trips patterns that look at text from elsewhere, beside what each of them repeats itself. */
const usual = [
  " ",
  "\n",
  "a",
  "a.",
  "a ",
  "-eyJ",
  ":",
  "://",
  "@",
  '"',
  '\\"',
  "{a",
  "](a",
  "%2",
  "&#",
  "<",
  "é",
];
const candidates = [..."a0 -_.:/\"'\\{}[]()<>=%&@#\n\té\u2028A"];

/**
 * Units that, written many times in a row, make a backtracking engine go over them again and again: what each loop of
 * the pattern repeats, alone and behind what has to stand before it.
 */
export function attackUnits(source: string, flags: string): ReadonlySet<string> {
  const pattern = new RegExpParser().parsePattern(source, 0, source.length, {
    unicode: flags.includes("u"),
    unicodeSets: flags.includes("v"),
  });
  const units = new Set<string>();
  visitRegExpAST(pattern, {
    onQuantifierEnter: (loop) => {
      if (loop.max < 2) return;
      for (const choice of [0, 1]) {
        const unit = sample(loop.element, choice);
        units.add(unit).add(before(loop) + unit);
      }
    },
    onAlternativeEnter: (alternative) => {
      const whole = alternative.elements.map((element) => sample(element, 0)).join("");
      units.add(whole).add(whole.slice(0, -1));
    },
  });
  if (units.size > 0) for (const unit of usual) units.add(unit);
  units.delete("");
  return units;
}

/** What stands before a loop in its own alternative. */
function before(loop: AST.Quantifier): string {
  const { parent } = loop;
  if (parent.type !== "Alternative") return "";
  return parent.elements
    .slice(0, parent.elements.indexOf(loop))
    .map((element) => sample(element, 0))
    .join("");
}

/** A text that an element matches, roughly; `choice` takes another one where there are several. */
function sample(element: AST.Element, choice: number): string {
  switch (element.type) {
    case "Character":
      return String.fromCodePoint(element.value);
    case "CharacterSet":
    case "CharacterClass":
    case "ExpressionCharacterClass":
      return fitting(element.raw, choice);
    case "Group":
    case "CapturingGroup": {
      const { alternatives } = element;
      const chosen = alternatives[Math.min(choice, alternatives.length - 1)];
      return (chosen?.elements ?? []).map((part) => sample(part, choice)).join("");
    }
    case "Quantifier":
      return sample(element.element, choice).repeat(Math.min(Math.max(1, element.min), 64));
    default:
      return "";
  }
}

/** The first or second of some characters that a class takes. */
function fitting(raw: string, choice: number): string {
  for (const flags of ["u", "v", ""]) {
    try {
      const one = new RegExp(`^${raw}$`, flags);
      const fits = candidates.filter((character) => one.test(character));
      return fits[Math.min(choice, fits.length - 1)] ?? "";
    } catch {
      // Other flags may read it.
    }
  }
  return "";
}
