import type { ExplainedSurvivor } from "./survivors.ts";

/** Stryker's report, as far as the page needs it (schema mutation-testing-report 2). */
export interface StrykerReport {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: string;
        readonly mutants: readonly {
          readonly status: string;
          readonly mutatorName: string;
          readonly replacement?: string;
          readonly location: { readonly start: { readonly line: number } };
        }[];
      }
    >
  >;
}

export interface MutationReport {
  /** Percent of the mutants that a test noticed. */
  readonly score: number;
  readonly page: string;
  /** Survivors without an explanation, as `file: line → replacement`. */
  readonly unexplained: readonly string[];
  /** Explanations whose mutant is gone or killed. */
  readonly stale: readonly string[];
}

const detected = ["Killed", "Timeout"];
const undetected = ["Survived", "NoCoverage"];

/** The page, and what is wrong with it: a survivor must be explained, and an explanation must have its survivor. */
export function mutationReport(
  report: StrykerReport,
  explained: readonly ExplainedSurvivor[],
): MutationReport {
  const used = new Set<ExplainedSurvivor>();
  const rows: string[] = [];
  const survivors: string[] = [];
  const unexplained: string[] = [];
  const total = { detected: 0, undetected: 0 };
  for (const [file, { source, mutants }] of Object.entries(report.files).sort(([a], [b]) =>
    a.localeCompare(b),
  )) {
    const lines = source.split("\n");
    const found = mutants.filter(({ status }) => detected.includes(status)).length;
    const left = mutants.filter(({ status }) => undetected.includes(status));
    total.detected += found;
    total.undetected += left.length;
    if (found + left.length > 0) rows.push(`| ${file} | ${found + left.length} | ${left.length} |`);
    for (const { location, replacement = "", mutatorName } of left) {
      const line = (lines[location.start.line - 1] ?? "").trim();
      const known = explained.find(
        (entry) => entry.file === file && entry.line === line && entry.replacement === replacement,
      );
      if (known) {
        used.add(known);
        survivors.push(`- \`${file}\`: \`${line}\` → \`${replacement}\`. ${known.why}`);
      } else unexplained.push(`${file}: ${line} → ${replacement} (${mutatorName})`);
    }
  }
  const all = total.detected + total.undetected;
  const score = all === 0 ? 0 : (100 * total.detected) / all;
  const page = `# Mutation testing

Written by \`npm run test:mutation\`: Stryker changes the client's source in ${all} places, one at a time, and runs the tests.
**${score.toFixed(1)} %** of the changes were noticed; at least 90 % must be. Not part of \`npm test\`: it takes many minutes.

| file | mutants | survived |
|---|---|---|
${rows.join("\n")}

## Survivors, and why

${[...survivors, ...unexplained.map((survivor) => `- \`${survivor}\`. Not explained yet.`)].join("\n")}
`;
  const stale = explained
    .filter((entry) => !used.has(entry))
    .map(({ file, line, replacement }) => `${file}: ${line} → ${replacement}`);
  return { score, page, unexplained, stale };
}
