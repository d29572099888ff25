import { expect, test } from "vitest";
import { mutationReport, type StrykerReport } from "./mutation-report.ts";

const mutant = (status: string, line: number, replacement: string) => ({
  status,
  mutatorName: "StringLiteral",
  replacement,
  location: { start: { line } },
});

const report: StrykerReport = {
  files: {
    "src/a.ts": {
      source: "one\n  two\n",
      mutants: [
        mutant("Killed", 1, "x"),
        mutant("Timeout", 1, "y"),
        mutant("Survived", 2, "z"),
        mutant("Ignored", 2, "i"),
      ],
    },
    "src/b.ts": { source: "three\n", mutants: [mutant("NoCoverage", 1, "n")] },
  },
};

test("counts what was noticed, and asks for a reason for what wasn't", () => {
  const { score, unexplained, stale, page } = mutationReport(report, [
    { file: "src/a.ts", line: "two", replacement: "z", why: "It says the same." },
    { file: "src/a.ts", line: "gone", replacement: "z", why: "Was." },
  ]);
  expect(score).toBe(50);
  expect(unexplained).toEqual(["src/b.ts: three → n (StringLiteral)"]);
  expect(stale).toEqual(["src/a.ts: gone → z"]);
  expect(page).toContain("| src/a.ts | 3 | 1 |");
  expect(page).toContain("- `src/a.ts`: `two` → `z`. It says the same.");
  expect(page).toContain("- `src/b.ts: three → n (StringLiteral)`. Not explained yet.");
});

test("gives no score for nothing", () => {
  expect(mutationReport({ files: {} }, []).score).toBe(0);
});
