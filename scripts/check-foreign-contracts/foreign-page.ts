import { documentFaults } from "./document-faults.ts";
import type { Explained } from "./explain-findings.ts";
import { examplesPackage, type ForeignDocuments, largePackage, singlePackages } from "./foreign-documents.ts";
import type { Cost } from "./judge-cut.ts";

export interface ExplainedDocument {
  readonly name: string;
  readonly operations: number;
  readonly requests: number;
  readonly explained: readonly Explained[];
  /** What was not judged since the mock is known to do it otherwise: a cause for each check and operation. */
  readonly mockLimits: readonly string[];
}

export type DocumentResult =
  | ExplainedDocument
  | { readonly name: string; readonly notJudged: string }
  | { readonly name: string; readonly crash: string };

export interface ForeignResults {
  readonly results: readonly DocumentResult[];
  readonly skipped: ForeignDocuments["skipped"];
  readonly twins: number;
  readonly costs: readonly Cost[];
}

/** The page that tells how the harness fares on documents that others wrote. */
export function foreignPage({ results, skipped, twins, costs }: ForeignResults): string {
  const judged = results.filter((result) => "explained" in result);
  const others = results.flatMap((result) => {
    if ("explained" in result) return [];
    return [`${result.name}: ${"crash" in result ? result.crash : result.notJudged}`];
  });
  const all = judged.flatMap(({ explained }) => explained);
  return `${[
    "# Other people's contracts",
    "<!-- Written by `npm run check:foreign-contracts`: do not edit. -->",
    `The harness reads OpenAPI documents that others wrote, starts each one's Prism mock, and judges the mock by the
document. A mock made from a document should conform to it, so each finding needs a cause. The mock's known deviations are
judged by rules of their own and reported as not judged; \`npm run check:foreign-contracts\` fails on every other finding
whose cause isn't among [the documents' own faults](../scripts/check-foreign-contracts/document-faults.ts).

- \`${examplesPackage.name}\` ${examplesPackage.version}: every OpenAPI 3.0 and 3.1 document; ${twins} YAML twins of JSON documents are left out.
- \`${largePackage.name}\` ${largePackage.version}: the first ${costs.map(({ operations }) => operations).join(", ")} operations of the GitHub API, with the components that they use.
${singlePackages.map(({ name, version, path }) => `- \`${name}\` ${version}: \`${path}\`.`).join("\n")}`,
    "## Findings: faults of documents",
    causes(all),
    "## Not judged: limits of the mock",
    limits(judged.flatMap(({ mockLimits }) => mockLimits)),
    "## Documents",
    table(
      ["document", "operations", "requests", "not judged: the mock", "findings", "unexplained"],
      judged.map(row),
    ),
    "## Not judged",
    list([...others, ...skipped.map(({ name, reason }) => `${name}: ${reason}.`)]),
    "## What large documents cost",
    costTable(costs),
  ].join("\n\n")}\n`;
}

function causes(all: readonly Explained[]): string {
  const rows = documentFaults.map(({ name, cause }) => {
    const found = all.filter(({ explanation }) => explanation?.name === name).length;
    return [`\`${name}\``, String(found), cause];
  });
  return table(
    ["name", "findings", "cause"],
    rows.filter(([, found]) => found !== "0"),
  );
}

function limits(all: readonly string[]): string {
  const causes = [...new Set(all)].sort();
  return table(
    ["operations and checks", "limit"],
    causes.map((cause) => [String(all.filter((one) => one === cause).length), cause]),
  );
}

function row({ name, operations, requests, explained, mockLimits }: ExplainedDocument): readonly string[] {
  const open = explained.filter(({ explanation }) => explanation === undefined).length;
  return [name, operations, requests, mockLimits.length, explained.length, open].map(String);
}

function costTable(costs: readonly Cost[]): string {
  const [smallest] = costs;
  if (smallest === undefined) return "Not measured.";
  const perOperation = ({ cpuSeconds, operations }: Cost) => cpuSeconds / operations;
  const judging = ({ wallSeconds, readySeconds, operations }: Cost) =>
    (wallSeconds - readySeconds) / operations;
  const rows = costs.map((cost) => [
    String(cost.operations),
    String(cost.requests),
    cost.wallSeconds.toFixed(1),
    cost.readySeconds.toFixed(1),
    cost.cpuSeconds.toFixed(1),
    cost.peakMiB.toFixed(0),
    (perOperation(cost) / perOperation(smallest)).toFixed(2),
    (judging(cost) / judging(smallest)).toFixed(2),
  ]);
  return `${table(
    [
      "operations",
      "requests",
      "seconds",
      "until the mock answers",
      "CPU seconds",
      "peak MiB",
      "CPU per operation",
      "judging per operation",
    ],
    rows,
  )}

Each row is a run in a process of its own, the mock's thread included, on the machine that wrote this page. The last two
columns are ratios to the first row: 1 is flat.`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}
