import type { Finding } from "../checks/finding.ts";
import type { CheckCount, RunHeader, RunSummary } from "../run/events.ts";
import { compareRuns } from "./compare-runs.ts";
import { comparisonParts } from "./markdown-comparison.ts";
import { code, escaped, fenced } from "./markdown-text.ts";
import type { FinishedRun } from "./report.ts";
import { findingsByWeight } from "./run-totals.ts";
import {
  counted,
  groupNotJudged,
  missedWords,
  placeInContract,
  replayNote,
  verdictSentence,
} from "./wording.ts";

/** A step summary may hold 1 MiB: this many findings of this many characters a field stay well below. */
const FINDINGS_IN_FULL = 30;
const ROWS_IN_FULL = 100;

/** The run as GitHub-flavoured Markdown, for the summary of a CI step or a comment on a pull request. */
export function renderMarkdown({ header, summary, before }: FinishedRun): string {
  const sign = summary.verdict === "conforms" ? "✅" : "❌";
  const parts = [
    `## ${sign} Contract tests: ${escaped(header.contract.title)}`,
    escaped(sentenceCase(verdictSentence(header, summary))),
    facts(header),
    ...(before ? comparisonParts(compareRuns(before.summary, summary)) : []),
    ...findings(header, summary),
    ...problems(summary),
    ...missedFaults(summary),
    ...table(summary),
    ...notJudged(summary),
  ];
  return `${parts.join("\n\n")}\n`;
}

const sentenceCase = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function facts(header: RunHeader): string {
  const rows = [
    ["contract", `${code(header.contract.file)}, sha256 ${code(header.contract.sha256.slice(0, 12))}`],
    ["target", `${code(header.target.address)} (${header.target.kind})`],
    ["seed", code(String(header.seed))],
    ["schemas compiled", `${header.schemasCompiled}/${header.schemasTotal}`],
  ];
  return ["| | |", "|---|---|", ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join("\n");
}

function findings(header: RunHeader, summary: RunSummary): string[] {
  const all = findingsByWeight(summary.findings);
  if (all.length === 0) return [];
  const more = all.length - FINDINGS_IN_FULL;
  return [
    `### Findings (${all.length})`,
    ...all.slice(0, FINDINGS_IN_FULL).map((finding) => findingBlock(header, finding)),
    ...(more > 0 ? [`… and ${counted(more, "more finding")} in the other reports.`] : []),
  ];
}

function findingBlock(header: RunHeader, finding: Finding): string {
  const marks = [
    finding.severity === "warning" ? "warning" : "",
    finding.intermittent === true ? "intermittent" : "",
    finding.known === undefined ? "" : `known until ${finding.known.expires}: ${finding.known.reason}`,
  ].filter((mark) => mark !== "");
  const replay = replayNote(finding);
  const note = marks.length > 0 ? ` <em>(${escaped(marks.join(", "))})</em>` : "";
  return [
    `<details><summary><code>${escaped(finding.check)}</code> ${escaped(finding.message)}${note}</summary>`,
    "",
    `- operation: ${code(finding.operation)}`,
    `- case: ${code(finding.caseId)}`,
    `- expected: ${code(finding.expected)}`,
    `- actual: ${code(finding.actual)}`,
    `- contract: ${code(`${placeInContract(header, finding)} ${finding.pointer}`)}`,
    `- id: ${code(finding.id)}${finding.occurrences > 1 ? `, seen ${finding.occurrences} times` : ""}`,
    "",
    fenced("sh", finding.curl),
    "",
    ...(replay === undefined ? [] : [escaped(replay), ""]),
    "</details>",
  ].join("\n");
}

function problems(summary: RunSummary): string[] {
  const list = summary.baseline?.problems ?? [];
  return list.length === 0 ? [] : ["### Baseline", list.map((problem) => `- ${escaped(problem)}`).join("\n")];
}

function missedFaults({ sensitivity }: RunSummary): string[] {
  const missed = sensitivity?.missed ?? [];
  if (missed.length === 0) return [];
  const lines = missed
    .slice(0, FINDINGS_IN_FULL)
    .map((fault) => `- ${code(fault.id)}: ${escaped(missedWords(fault))}`);
  const more = missed.length - lines.length;
  return [
    `### Faults that this run would have missed (${missed.length})`,
    lines.join("\n"),
    ...(more > 0 ? [`… and ${counted(more, "more fault")} in the other reports.`] : []),
  ];
}

function table(summary: RunSummary): string[] {
  const complaints = ({ failed, warned }: CheckCount) => failed + warned > 0;
  const whole = summary.counts.length <= ROWS_IN_FULL;
  const rows = whole ? summary.counts : summary.counts.filter(complaints).slice(0, ROWS_IN_FULL);
  if (rows.length === 0) return [];
  const left = summary.counts.length - rows.length;
  return [
    "### Checks",
    [
      "| operation | check | passed | failed | warned |",
      "|---|---|--:|--:|--:|",
      ...rows.map(
        ({ operation, check, passed, failed, warned }) =>
          `| ${code(operation)} | ${code(check)} | ${passed} | ${failed} | ${warned} |`,
      ),
    ].join("\n"),
    ...(left > 0 ? [`${counted(left, "more row")} left out; rows with complaints come first.`] : []),
  ];
}

function notJudged(summary: RunSummary): string[] {
  if (summary.notJudged.length === 0) return [];
  const lines = groupNotJudged(summary.notJudged).map(({ reason, checks, operations }) => {
    const what = checks.length > 0 ? `${checks.map(code).join(", ")}: ` : "";
    const where =
      operations.length === 1 ? operations.map(code).join() : counted(operations.length, "operation");
    return `- ${what}${escaped(reason)}${operations.length > 0 ? ` (${where})` : ""}`;
  });
  return [`### Not judged (${summary.notJudged.length})`, lines.join("\n")];
}
