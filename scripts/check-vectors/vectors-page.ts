import type { VectorGroup, VectorSuite } from "../../contract-tests/self-test/vectors/vector-suite.ts";

export interface SuiteResult {
  readonly suite: VectorSuite;
  readonly groups: readonly VectorGroup[];
}

/** The page on how this project fares by other people's test suites, in Markdown. */
export function vectorsPage(results: readonly SuiteResult[]): string {
  const intro = `# Other people's test suites

<!-- Written by \`npm run check:vectors\`: do not edit. -->

\`npm run check:vectors -- FOLDER\` judges this project by other people's test suites; FOLDER contains a checkout of each.
It fails if a vector comes out wrong. Vectors are left out if they say nothing about this project, or if it refuses them or
reports them as not judged.
`;
  return `${[intro, ...results.map(section)].join("\n")}`;
}

function section({ suite, groups }: SuiteResult): string {
  const rows = groups.map(({ name, right, total, leftOut }) => {
    const left = [...leftOut.values()].reduce((sum, count) => sum + count, 0);
    return `| ${name} | ${right} of ${total} | ${left} |`;
  });
  const reasons = new Map<string, number>();
  for (const { leftOut } of groups)
    for (const [reason, count] of leftOut) reasons.set(reason, (reasons.get(reason) ?? 0) + count);
  const lines = [
    `## ${suite.name}`,
    "",
    `<${suite.repository}>`,
    "",
    "| vectors | right | left out |",
    "| --- | --- | --- |",
    ...rows,
    "",
    ...(reasons.size > 0 ? ["Left out:", ""] : []),
    ...[...reasons].map(([reason, count]) => `- ${count}: ${reason}`),
    ...groups.flatMap(({ wrong }) => wrong.map((sentence) => `- wrong: ${sentence}`)),
    "",
  ];
  return lines.join("\n");
}
