import type { NotJudged } from "../contract/not-judged.ts";
import type { RunEvent, RunHeader, SuccessCount } from "../run/events.ts";
import { type ConsoleOutput, printable, shortened, styled, wrapped } from "./console-output.ts";
import { printResult } from "./console-result.ts";
import { operationLine } from "./console-rows.ts";
import type { Report } from "./report.ts";
import { counted, duration } from "./wording.ts";

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
  const successes: SuccessCount[] = [];
  const notJudged: NotJudged[] = [];

  const line = (text = "") => output.write(`${text}\n`);

  function showProgress(): void {
    const now = Date.now();
    if (!output.interactive || header === undefined || now - progress.shownAt < PROGRESS_INTERVAL) return;
    progress.shownAt = now;
    const all = Math.max(header.operations, progress.operationsDone);
    const state = `${progress.operationsDone}/${all} operations · ${counted(progress.exchanges, "exchange")} · ${counted(progress.complaints, "complaint")} · `;
    const room = output.columns - 1 - state.length;
    output.write(ERASE_LINE + state + shortened(printable(operation), Math.max(10, room)));
  }

  function showMeasuring(done: number, total: number): void {
    const now = Date.now();
    if (!output.interactive || (now - progress.shownAt < PROGRESS_INTERVAL && done < total)) return;
    progress.shownAt = now;
    output.write(`${ERASE_LINE}measuring which faults the run would have caught: ${done}/${total}`);
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
          const all = Math.max(header?.operations ?? 0, progress.operationsDone);
          const of = `[${progress.operationsDone}/${all}] `;
          if (event.success) successes.push(event.success);
          const known = { successes, notJudged };
          line(of + operationLine(output, event.operation, event.counts, of.length, event.success, known));
        }
        break;
      case "waiting":
        if (output.interactive) output.write(ERASE_LINE);
        line(
          styled(
            output,
            "dim",
            `waiting ${duration(event.milliseconds)}: the target answered ${event.status} (${printable(event.operation)})`,
          ),
        );
        break;
      case "measuring":
        showMeasuring(event.done, event.total);
        break;
      case "not-judged":
        notJudged.push(event.item);
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
      `seed ${header.seed} · ${counted(header.operations, "operation")}${header.casesPlanned === undefined ? "" : ` · ${counted(header.casesPlanned, "case")}`}`,
    ],
  ] as const;
  for (const [name, value] of rows) {
    const [first = "", ...rest] = wrapped(value, output.columns - 10);
    output.write(`${styled(output, "dim", name.padEnd(10))}${first}\n`);
    for (const more of rest) output.write(`${" ".repeat(10)}${more}\n`);
  }
  output.write(`${" ".repeat(10)}${styled(output, whole ? "dim" : "red", compiled)}\n\n`);
}
