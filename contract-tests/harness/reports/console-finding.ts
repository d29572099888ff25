import type { Finding } from "../checks/finding.ts";
import type { RunHeader } from "../run/events.ts";
import { type ConsoleOutput, printable, styled, wrapped } from "./console-output.ts";
import { placeInContract, replayNote } from "./wording.ts";

const LABEL = 10;
const INDENT = 3;

/** A finding as lines: sentence, expected against actual, place in the contract, and a command to see it again. */
export function consoleFinding(
  output: ConsoleOutput,
  header: RunHeader,
  finding: Finding,
  number: number,
): readonly string[] {
  const indent = " ".repeat(INDENT);
  const row = (label: string, value: string): string[] => {
    const [first = "", ...rest] = wrapped(value, output.columns - INDENT - LABEL);
    return [
      `${indent}${styled(output, "dim", label.padEnd(LABEL))}${first}`,
      ...rest.map((line) => `${indent}${" ".repeat(LABEL)}${line}`),
    ];
  };
  const [sign, style] = finding.severity === "error" ? (["✗", "red"] as const) : (["!", "yellow"] as const);
  const marks = [
    finding.severity === "warning" ? "warning" : "",
    finding.intermittent === true ? "intermittent" : "",
    finding.known === undefined ? "" : `known until ${finding.known.expires}: ${finding.known.reason}`,
  ].filter((mark) => mark !== "");
  const note = replayNote(finding);
  return [
    `${String(number).padStart(2)} ${styled(output, finding.known === undefined ? style : "dim", `${sign} ${finding.check}`)}${marks.length > 0 ? ` (${printable(marks.join(", "))})` : ""}`,
    ...wrapped(finding.message, output.columns - INDENT).map((line) => indent + line),
    ...row("case", finding.caseId),
    ...row("expected", finding.expected),
    ...row("actual", finding.actual),
    ...row("contract", `${placeInContract(header, finding)} ${finding.pointer}`),
    ...(finding.occurrences > 1 ? row("seen", `${finding.occurrences} times`) : []),
    ...row("id", finding.id),
    // Not wrapped: they are there to be copied, the steps before the last one first.
    ...finding.curl.split("\n").map((line) => `${indent}${styled(output, "cyan", printable(line))}`),
    ...(note === undefined ? [] : [`${indent}${styled(output, "dim", `# ${printable(note)}`)}`]),
  ];
}
