import type { RunHeader, RunSummary } from "../run/events.ts";
import { consoleFinding } from "./console-finding.ts";
import { type ConsoleOutput, printable, styled, wrapped } from "./console-output.ts";
import { printRows } from "./console-rows.ts";
import { printSensitivity } from "./console-sensitivity.ts";
import { findingsByWeight, groupFindings, spreadOverChecks } from "./run-totals.ts";
import { counted, grouped, groupNotJudged, verdictSentence, verdictSign } from "./wording.ts";

const FINDINGS_IN_FULL = 25;
const CHECKS_NAMED = 8;

/** What is printed when a run is over: rows, findings, what was not judged, the verdict. */
export function printResult(output: ConsoleOutput, header: RunHeader, summary: RunSummary): void {
  const line = (text = "") => output.write(`${text}\n`);
  printRows(output, summary);
  const findings = findingsByWeight(summary.findings);
  if (findings.length > 0) {
    line();
    line(styled(output, "bold", `Findings (${findings.length})`));
    const shown = spreadOverChecks(findings, FINDINGS_IN_FULL);
    for (const [index, finding] of shown.entries()) {
      line();
      for (const text of consoleFinding(output, header, finding, index + 1)) line(text);
    }
    const more = findings.filter((finding) => !shown.includes(finding));
    if (more.length > 0) {
      line();
      line(
        `… and ${counted(more.length, "more finding")}: see them all with --report FILE.html or FILE.json.`,
      );
      for (const { check, findings: own, operations } of groupFindings(more))
        line(`   ${check}  ${grouped(own.length)} on ${counted(operations, "operation")}`);
    }
  }
  const groups = groupNotJudged(summary.notJudged);
  if (groups.length > 0) {
    line();
    line(styled(output, "bold", `Not judged (${summary.notJudged.length})`));
    for (const group of groups) {
      const what = [...group.checks.slice(0, CHECKS_NAMED), group.checks.length > CHECKS_NAMED ? "…" : ""]
        .filter(Boolean)
        .join(", ");
      const where = group.operations.length > 1 ? ` (${counted(group.operations.length, "operation")})` : "";
      const only = group.operations.length === 1 ? ` (${group.operations[0] ?? ""})` : "";
      const [first = "", ...rest] = wrapped(
        `${what === "" ? "" : `${what}: `}${group.reason}${where}${only}`,
        output.columns - 2,
      );
      line(`${styled(output, "dim", "–")} ${first}`);
      for (const more of rest) line(`  ${more}`);
    }
  }
  printSensitivity(output, summary);
  for (const problem of summary.baseline?.problems ?? []) {
    line();
    line(`${styled(output, "red", "✗")} baseline: ${printable(problem)}`);
  }
  line();
  const sign = verdictSign(summary);
  const style = sign === "✓" ? "green" : "red";
  line(styled(output, style, `${sign} ${printable(verdictSentence(header, summary))}`));
}
