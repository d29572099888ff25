import type { CheckCount, RunEvent, RunHeader, RunSummary } from "../engine/model.ts";
import { consoleFinding } from "./console-finding.ts";
import { type ConsoleOutput, printable, shortened, styled, wrapped } from "./console-output.ts";
import type { Report } from "./report.ts";
import { findingsByWeight } from "./run-totals.ts";
import { counted, groupNotJudged, verdictSentence } from "./wording.ts";

/** Up to here every operation shows a row per check; beyond, operations without a complaint are counted. */
const OPERATIONS_IN_FULL = 12;
const FINDINGS_IN_FULL = 25;
const ERASE_LINE = "\r\u001b[2K";
/** Milliseconds between two states of the progress line. */
const PROGRESS_INTERVAL = 80;

interface Progress {
  operationsDone: number;
  exchanges: number;
  complaints: number;
  shownAt: number;
}

/**
 * The report for people at a terminal or reading a CI log: what is tested, how far it is, a row per operation and
 * check, every finding with its curl line and place, what was not judged, and the verdict in one line.
 */
export function consoleReport(output: ConsoleOutput): Report {
  const progress: Progress = { operationsDone: 0, exchanges: 0, complaints: 0, shownAt: 0 };
  let header: RunHeader | undefined;
  let operation = "";

  const line = (text = "") => output.write(`${text}\n`);

  function showProgress(): void {
    const now = Date.now();
    if (!output.interactive || header === undefined || now - progress.shownAt < PROGRESS_INTERVAL) return;
    progress.shownAt = now;
    const state = `${progress.operationsDone}/${header.operations} operations · ${progress.exchanges}/${header.casesPlanned} cases · ${counted(progress.complaints, "complaint")} · `;
    const room = output.columns - 1 - state.length;
    output.write(ERASE_LINE + state + shortened(printable(operation), Math.max(10, room)));
  }

  function on(event: RunEvent): void {
    switch (event.type) {
      case "run-started":
        header = event.header;
        printHeader(output, event.header);
        break;
      case "operation-started":
        operation = event.operation;
        showProgress();
        break;
      case "exchange":
        progress.exchanges += 1;
        progress.complaints += event.findings.length;
        showProgress();
        break;
      case "operation-finished":
        progress.operationsDone += 1;
        if (!output.interactive) {
          const of = `[${progress.operationsDone}/${header?.operations ?? "?"}] `;
          line(of + operationLine(output, event.operation, event.counts, of.length));
        }
        break;
      case "not-judged":
        break;
      case "run-finished":
        output.write(output.interactive ? ERASE_LINE : "\n");
        printResult(output, event.header, event.summary);
    }
  }

  return { on, finish: () => Promise.resolve() };
}

function printHeader(output: ConsoleOutput, header: RunHeader): void {
  const { contract, target } = header;
  const compiled = `schemas compiled ${header.schemasCompiled}/${header.schemasTotal}`;
  const whole = header.schemasCompiled === header.schemasTotal;
  const rows = [
    ["contract", `${contract.title} · ${contract.file} · sha256 ${contract.sha256.slice(0, 12)}`],
    ["target", `${target.address} (${target.kind})`],
    [
      "run",
      `seed ${header.seed} · ${counted(header.operations, "operation")} · ${counted(header.casesPlanned, "case")}`,
    ],
  ] as const;
  for (const [name, value] of rows) {
    const [first = "", ...rest] = wrapped(value, output.columns - 10);
    output.write(`${styled(output, "dim", name.padEnd(10))}${first}\n`);
    for (const more of rest) output.write(`${" ".repeat(10)}${more}\n`);
  }
  output.write(`${" ".repeat(10)}${styled(output, whole ? "dim" : "red", compiled)}\n\n`);
}

interface Sum {
  readonly passed: number;
  readonly failed: number;
  readonly warned: number;
}

function summed(counts: readonly Sum[]): Sum {
  return {
    passed: counts.reduce((sum, count) => sum + count.passed, 0),
    failed: counts.reduce((sum, count) => sum + count.failed, 0),
    warned: counts.reduce((sum, count) => sum + count.warned, 0),
  };
}

function mark(output: ConsoleOutput, sum: Sum): string {
  if (sum.failed > 0) return styled(output, "red", "✗");
  if (sum.warned > 0) return styled(output, "yellow", "!");
  return sum.passed > 0 ? styled(output, "green", "✓") : styled(output, "dim", "–");
}

function tally(output: ConsoleOutput, sum: Sum): string {
  const parts = [
    sum.passed > 0 || sum.failed + sum.warned === 0 ? `${sum.passed} passed` : "",
    sum.failed > 0 ? styled(output, "red", `${sum.failed} failed`) : "",
    sum.warned > 0 ? styled(output, "yellow", `${sum.warned} warned`) : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function operationLine(
  output: ConsoleOutput,
  operation: string,
  counts: readonly Sum[],
  indent: number,
): string {
  const sum = summed(counts);
  const width = Math.max(20, output.columns - indent - 2 - 36);
  const name = shortened(printable(operation), width);
  return `${mark(output, sum)} ${name}  ${tally(output, sum)}`;
}

function printResult(output: ConsoleOutput, header: RunHeader, summary: RunSummary): void {
  const line = (text = "") => output.write(`${text}\n`);
  printRows(output, summary.counts);
  const findings = findingsByWeight(summary.findings);
  if (findings.length > 0) {
    line();
    line(styled(output, "bold", `Findings (${findings.length})`));
    for (const [index, finding] of findings.slice(0, FINDINGS_IN_FULL).entries()) {
      line();
      for (const text of consoleFinding(output, header, finding, index + 1)) line(text);
    }
    if (findings.length > FINDINGS_IN_FULL) {
      line();
      line(
        `… and ${counted(findings.length - FINDINGS_IN_FULL, "more finding")}: --report FILE.html or FILE.json has them all.`,
      );
    }
  }
  const groups = groupNotJudged(summary.notJudged);
  if (groups.length > 0) {
    line();
    line(styled(output, "bold", `Not judged (${summary.notJudged.length})`));
    for (const group of groups) {
      const what = [...group.checks.slice(0, 3), group.checks.length > 3 ? "…" : ""]
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
  for (const problem of summary.baseline?.problems ?? []) {
    line();
    line(`${styled(output, "red", "✗")} baseline: ${printable(problem)}`);
  }
  line();
  const [sign, style] = summary.verdict === "conforms" ? (["✓", "green"] as const) : (["✗", "red"] as const);
  line(styled(output, style, `${sign} ${printable(verdictSentence(header, summary))}`));
}

function printRows(output: ConsoleOutput, counts: readonly CheckCount[]): void {
  const byOperation = new Map<string, CheckCount[]>();
  for (const count of counts) {
    const rows = byOperation.get(count.operation);
    if (rows === undefined) byOperation.set(count.operation, [count]);
    else rows.push(count);
  }
  const inFull = byOperation.size <= OPERATIONS_IN_FULL;
  const width = Math.max(0, ...counts.map((count) => count.check.length));
  let silent = 0;
  for (const [operation, rows] of byOperation) {
    const sum = summed(rows);
    if (!inFull && sum.failed + sum.warned === 0) {
      silent += 1;
      continue;
    }
    output.write(`${operationLine(output, operation, rows, 0)}\n`);
    for (const row of rows) {
      if (!inFull && row.failed + row.warned === 0) continue;
      output.write(`  ${mark(output, row)} ${row.check.padEnd(width)}  ${tally(output, row)}\n`);
    }
  }
  if (silent > 0)
    output.write(`${styled(output, "green", "✓")} ${counted(silent, "operation")} without a complaint\n`);
}
