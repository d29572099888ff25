import { stripVTControlCharacters } from "node:util";
import type { CheckCount, RunSummary, SuccessCount } from "../run/events.ts";
import { type ConsoleOutput, printable, shortened, styled } from "./console-output.ts";
import { noSuccessWords } from "./without-success.ts";
import { counted } from "./wording.ts";

/** Up to here every operation shows a row per check; beyond, operations without a complaint are counted. */
const OPERATIONS_IN_FULL = 12;

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

/** An operation with the sum of its counts, on one line; without a success there is no tick, whatever passed. */
export function operationLine(
  output: ConsoleOutput,
  operation: string,
  counts: readonly Sum[],
  indent: number,
  success?: SuccessCount,
  known?: Parameters<typeof noSuccessWords>[1],
): string {
  const sum = summed(counts);
  const isSilent = success?.succeeded === 0;
  const told = isSilent
    ? `${styled(output, "yellow", noSuccessWords(success, known))}, ${tally(output, sum)}`
    : `${tally(output, sum)}${success ? styled(output, "dim", `, ${success.succeeded}/${success.tried} succeeded`) : ""}`;
  const taken = indent + "✓ ".length + "  ".length + stripVTControlCharacters(told).length;
  const name = shortened(printable(operation), Math.max(20, output.columns - taken));
  const sign = isSilent && sum.failed + sum.warned === 0 ? styled(output, "yellow", "–") : mark(output, sum);
  return `${sign} ${name}  ${told}`;
}

/** A row per operation and check; of large runs, only those with a complaint. */
export function printRows(
  output: ConsoleOutput,
  { counts, successes = [], notJudged }: Pick<RunSummary, "counts" | "successes" | "notJudged">,
): void {
  const success = new Map(successes.map((row) => [row.operation, row] as const));
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
    const isSilent = success.get(operation)?.succeeded === 0;
    if (!inFull && !isSilent && sum.failed + sum.warned === 0) {
      silent += 1;
      continue;
    }
    output.write(
      `${operationLine(output, operation, rows, 0, success.get(operation), { successes, notJudged })}\n`,
    );
    for (const row of rows) {
      if (!inFull && row.failed + row.warned === 0) continue;
      output.write(`  ${mark(output, row)} ${row.check.padEnd(width)}  ${tally(output, row)}\n`);
    }
  }
  if (silent > 0)
    output.write(`${styled(output, "green", "✓")} ${counted(silent, "operation")} without a complaint\n`);
}
