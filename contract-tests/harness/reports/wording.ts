import type { Finding } from "../checks/finding.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import type { RunHeader, RunSummary } from "../run/events.ts";
import type { MissedFault, Sensitivity } from "../run/sensitivity.ts";
import { runTotals } from "./run-totals.ts";
import { withoutRequest, withoutSuccess } from "./without-success.ts";

const thousands = new Intl.NumberFormat("en");

/** `1,204`. */
export function grouped(count: number): string {
  return thousands.format(count);
}

/** `1 finding`, `1,204 findings`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}

/** `840 ms`, `4.2 s`, `3 min 20 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1_000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

const VERDICTS = {
  conforms: "conforms",
  "does-not-conform": "does not conform",
  "judged-nothing": "judged nothing",
} as const;

/** The outcome in a few words, for headings: what conforms in part only is called so. */
export function verdictWords(summary: RunSummary): string {
  const isPartial = summary.stopped !== undefined || withoutRequest(summary).none > 0;
  const words = VERDICTS[summary.verdict];
  return summary.verdict === "conforms" && isPartial ? `${words} as far as judged` : words;
}

/** A tick where everything is well, which it isn't where the target couldn't be judged. */
export function verdictSign({ verdict, stopped }: RunSummary): "✓" | "✗" {
  return verdict === "conforms" && stopped?.by !== "target" && stopped?.by !== "failure" ? "✓" : "✗";
}

/** What stands behind the outcome: counts of everything that is for or against it. */
export function verdictDetails(header: RunHeader, summary: RunSummary): string {
  const broken = header.schemasTotal - header.schemasCompiled;
  const totals = runTotals(summary);
  const problems = summary.baseline?.problems.length ?? 0;
  const unsent = withoutRequest(summary);
  // Where a success is required, those that weren't tried count as well.
  const silent = withoutSuccess(summary).filter(({ tried }) => tried > 0 || summary.successRequired).length;
  const parts = [
    `${counted(totals.passed, "check")} passed on ${counted(totals.operations, "operation")}`,
    silent > 0
      ? `${counted(silent, "operation")} without a success${summary.successRequired ? " (--require-success)" : ""}`
      : "",
    unsent.none > 0
      ? `${grouped(unsent.none)} of ${counted(unsent.all, "operation")} not sent a valid request`
      : "",
    totals.errors > 0 ? counted(totals.errors, "finding") : "no findings",
    totals.warnings > 0 ? counted(totals.warnings, "warning") : "",
    totals.known > 0 ? counted(totals.known, "known finding") : "",
    broken > 0 ? `${counted(broken, "schema")} that can't be compiled` : "",
    problems > 0 ? counted(problems, "baseline problem") : "",
    coverageWords(summary),
    sensitivityWords(summary),
    totals.notJudged > 0 ? `${counted(totals.notJudged, "item")} not judged` : "",
    // Of recorded and passing traffic nothing is sent.
    `${summary.requestsSent > 0 ? `${counted(summary.requestsSent, "request")} in ` : ""}${duration(summary.durationMs)}`,
  ];
  return parts.filter((part) => part !== "").join(", ");
}

/** `91.5% of the contract covered`, and how much was asked for where it is too little. */
export function coverageWords({ coverage, coverageRequired }: RunSummary): string {
  if (!coverage) return "";
  const required = coverageRequired === undefined ? "" : ` (--min-coverage requires ${coverageRequired}%)`;
  return `${coverage.percent}% of the contract covered${required}`;
}

/** `would have caught 397 of the 412 faults that the contract makes possible`, and how much was asked for. */
export function sensitivityWords({ sensitivity, sensitivityRequired }: RunSummary): string {
  if (!sensitivity) return "";
  const required =
    sensitivityRequired === undefined ? "" : ` (--min-sensitivity requires ${sensitivityRequired}%)`;
  if (sensitivity.tried === 0) return `no fault of this contract could be tried${required}`;
  const who = sensitivity.ofServer ? "the same run against a server would catch" : "would have caught";
  return `${who} ${faultsWords(sensitivity)}${required}`;
}

/** `190 of 200 faults, drawn from 1,241 that the contract makes possible`. */
export function faultsWords({ noticed, tried, possible }: Sensitivity): string {
  const all = "that the contract makes possible";
  return tried < possible
    ? `${grouped(noticed)} of ${counted(tried, "fault")}, drawn from ${grouped(possible)} ${all}`
    : `${grouped(noticed)} of the ${counted(tried, "fault")} ${all}`;
}

/** A fault that was missed, why, and what would notice it. */
export function missedWords({ reason, remedy }: MissedFault): string {
  return remedy === undefined ? reason : `${reason}; caught with ${remedy}`;
}

/** The outcome in one sentence, with all that stands against a bare "passed". */
export function verdictSentence(header: RunHeader, summary: RunSummary): string {
  const nothing = summary.verdict === "judged-nothing" ? ", so nothing is proven" : "";
  const partial = summary.stopped ? `, incomplete because ${summary.stopped.reason}` : "";
  return `${verdictWords(summary)}${nothing}${partial}: ${verdictDetails(header, summary)}`;
}

/** `generated/openapi.yaml:42`, or the file alone when the line is unknown. */
export function placeInContract(header: RunHeader, { file = header.contract.file, line }: Finding): string {
  return line > 0 ? `${file}:${line}` : file;
}

/** Where the requests of a finding name what the run has made and deleted since: how to send everything again. */
export function replayNote({ id, curl, steps = [] }: Finding): string | undefined {
  if (steps.length < curl.split("\n").length) return undefined;
  return `The run deleted what these requests name. To create it and send them again: openapi-conformance replay report.json '${id.replaceAll("'", `'\\''`)}' (report.json: what --report report.json wrote)`;
}

export interface NotJudgedGroup {
  readonly reason: string;
  readonly checks: readonly string[];
  readonly operations: readonly string[];
  readonly items: number;
}

/** Items with the same reason as one: 500 operations that a static mock can't show are one line. */
export function groupNotJudged(items: readonly NotJudged[]): readonly NotJudgedGroup[] {
  const byReason = new Map<string, NotJudged[]>();
  for (const item of items) {
    const group = byReason.get(item.reason);
    if (group === undefined) byReason.set(item.reason, [item]);
    else group.push(item);
  }
  return [...byReason].map(([reason, group]) => ({
    reason,
    checks: [...new Set(group.flatMap((item) => item.check ?? []))],
    operations: [...new Set(group.flatMap((item) => item.operation ?? []))],
    items: group.length,
  }));
}
