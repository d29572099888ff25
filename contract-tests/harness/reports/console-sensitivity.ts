import type { RunSummary } from "../run/events.ts";
import { type ConsoleOutput, styled, wrapped } from "./console-output.ts";
import { counted, groupNotJudged, missedWords } from "./wording.ts";

const FAULTS_IN_FULL = 15;

/** The faults that the run would not have noticed, and what wasn't measured. */
export function printSensitivity(output: ConsoleOutput, { sensitivity }: RunSummary): void {
  if (!sensitivity) return;
  const { missed, notMeasured } = sensitivity;
  const line = (text = "") => output.write(`${text}\n`);
  const item = (text: string) => {
    const [first = "", ...rest] = wrapped(text, output.columns - 2);
    line(`${styled(output, "dim", "–")} ${first}`);
    for (const more of rest) line(`  ${more}`);
  };
  if (missed.length > 0) {
    line();
    line(styled(output, "bold", `Faults that this run would have missed (${missed.length})`));
    for (const fault of missed.slice(0, FAULTS_IN_FULL)) item(`${fault.id}: ${missedWords(fault)}`);
    const more = missed.length - FAULTS_IN_FULL;
    if (more > 0)
      line(`… and ${counted(more, "more fault")}: see them all with --report FILE.html or FILE.json.`);
  }
  const groups = groupNotJudged(notMeasured);
  if (groups.length === 0) return;
  line();
  line(styled(output, "bold", `Not measured (${notMeasured.length})`));
  for (const { reason, operations } of groups.slice(0, FAULTS_IN_FULL))
    item(`${reason} (${operations.length === 1 ? operations[0] : counted(operations.length, "operation")})`);
  const more = groups.length - FAULTS_IN_FULL;
  if (more > 0)
    line(`… and ${counted(more, "more reason")}: see them all with --report FILE.html or FILE.json.`);
}
