import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { expect, it } from "vitest";
import { addFormats } from "../../harness/schema/formats.ts";
import { attackUnits } from "./attack-texts.ts";
import { computed, sourcePatterns } from "./source-patterns.ts";

const patterns = sourcePatterns(fileURLToPath(new URL("../../..", import.meta.url)));

/**
 * Milliseconds within which texts of 16, 64 and 256 KiB are looked through. A linear pattern takes a hundredth of that;
 * a quadratic one takes more for 64 KiB already.
 */
const sizes = [
  [16, 60],
  [64, 120],
  [256, 400],
] as const;
/** Within so few milliseconds of 64 KiB, 256 KiB take no longer than they may, even if the time grows with the cube. */
const sureMs = 5;

/** Patterns that only ever see short texts, with what bounds them. */
const bounded: Readonly<Record<string, string>> = {
  '"(?:[^"\\\\]|\\\\.)*"': "reads what JSON.stringify has written",
  '"(?:[^"\\\\]|\\\\.)*"\\s*:?|[{}[\\]]': "reads what JSON.parse has taken, of at most 1 KiB",
  "(?<![A-Za-z0-9])eyJ[\\w-]{5,}$": "reads a run of the very characters that it ends with",
  "\\\\{.*?\\\\}": "reads templates of the generated code",
  '"event":\\s*"listen".*?"port":\\s*(\\d+)': "reads what a tool of the project prints",
  "\\n\\s+at ": "reads what a tool of the project prints",
  "\\[([^\\]]+)\\]\\((?!https?:|#)([^)#]+)(?:#[^)]*)?\\)": "reads a page of the project",
  "[\\\\/](src|generated)[\\\\/].*\\.ts$": "reads names of the project's files",
  "(\\d+) upgraded connections": "reads what a tool of the project prints",
  "0 new findings.*\\b[1-9]\\d* still there": "reads what a tool of the project prints",
  "^\\| \\S+ \\| (\\d+) \\/ (\\d+) \\(.*?\\) \\| (\\d+) \\/ (\\d+) \\(.*?\\) \\| (\\d+) \\/ (\\d+) \\(.*?\\) \\| (\\d+) over (\\d+) ":
    "reads a page of the project",
  "export\\s*\\{[^}]*\\};?\\s*$": "reads what a tool of the project has built",
};

it.each(patterns.filter(({ source }) => bounded[source] === undefined))(
  "$place /$source/$flags",
  ({ source, flags, place }) => {
    const all = new RegExp(source, flags.includes("g") ? flags : `${flags}g`);
    const slow = [...attackUnits(source, flags)].flatMap(
      (unit) => slowness(unit, "\u0000", (text) => void text.replace(all, "")) ?? [],
    );
    expect({ place, slow }).toEqual({ place, slow: [] });
  },
);

it("each pattern that is excepted is still there", () => {
  expect(Object.keys(bounded).filter((source) => !patterns.some((one) => one.source === source))).toEqual([]);
});

const formats = new Ajv();
addFormats(formats);
const hostileForFormats = [
  "a",
  ".",
  ":",
  "-",
  "/",
  "@",
  "%",
  "%41",
  "a.",
  "a:",
  "a@",
  "::",
  "0",
  "0:",
  "{",
  "{a}",
  "\\",
  "é",
  "xn--",
  "1.",
  "P1D",
  "T",
  "+",
  "~0",
  " ",
];

it.each(Object.keys(formats.formats))("the format %s", (name) => {
  const format = formats.formats[name];
  const validate = typeof format === "object" && "validate" in format ? format.validate : format;
  if (typeof validate !== "function") return;
  const slow = hostileForFormats.flatMap((unit) =>
    ["", "http://", "a@"].flatMap(
      (begin) =>
        slowness(unit, "!", (text) => void (validate as (text: string) => unknown)(text), begin) ?? [],
    ),
  );
  expect(slow).toEqual([]);
});

/** The first size that takes too long, twice in a row: undefined when none does. */
function slowness(unit: string, end: string, look: (text: string) => void, begin = ""): string | undefined {
  for (const [kibibytes, most] of sizes) {
    const text = begin + unit.repeat((kibibytes * 1_024) / unit.length) + end;
    const spent = () => {
      const start = process.cpuUsage(); // others may be at work on this machine
      look(text);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1_000;
    };
    const took = spent();
    if (took > most && spent() > most) return `${JSON.stringify(unit)} × ${kibibytes} KiB`;
    if (kibibytes === 64 && took < sureMs) break;
  }
  return undefined;
}

/** Patterns that are put together while running, by their files: what they see, or where their growth is tested. */
const putTogether: Readonly<Record<string, string>> = {
  "contract-tests/harness/contract/large-integer.ts":
    "digits behind a mark that the text didn't hold, one loop without another behind it",
  "contract-tests/harness/contract/match-operation.ts": "paths, which a request line bounds",
  "contract-tests/harness/redaction/secret-shapes.ts": "redaction/spellings.test.ts",
  "contract-tests/harness/redaction/sensitive-names.ts": "alternatives of words without a loop",
  "contract-tests/harness/run/curl-line.ts": "single characters without a loop",
  "contract-tests/harness/schema/linear-pattern.ts": "schema/linear-pattern.test.ts",
  "contract-tests/harness/schema/matching-pattern.ts": "makes texts, and looks through none",
  "contract-tests/harness/schema/pattern-program.ts": "one character at a time",
  "contract-tests/harness/redaction/json-tokens.ts": "a copy of a pattern that is tried by itself",
  "contract-tests/harness/targets/tls-settings.ts":
    "files of the caller; the loop ends at the next dash, and a match begins with dashes",
  "scripts/check-clients/other-programs.ts":
    "a page of the project; whatever begins a match ends the one before it",
  "scripts/check-samples/check-samples.ts":
    "a page of the project; whatever begins a match ends the one before it",
  "src/typed-client.ts": "paths of the generated code",
  "src/secrets/create-redactor.ts": "src/secrets/create-redactor.test.ts",
  "scripts/cli/printable.ts": "scripts/growth.test.ts",
  "scripts/spec-diff/contract-aligner.ts": "names of parameters, one loop without another behind it",
  "scripts/generate/emit/split-validators.ts": "a word without a loop",
};

it("each pattern that is put together while running is accounted for", () => {
  expect([...new Set(computed.map((place) => place.split(":")[0]))].sort()).toEqual(
    Object.keys(putTogether).sort(),
  );
});
