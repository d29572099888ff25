import { utcDay } from "../baseline/baseline.ts";
import { readBaseline } from "../baseline/baseline-file.ts";
import { messageOf } from "../http/message-of.ts";
import type { FinishedRun } from "../reports/report.ts";
import type { RunEvent } from "../run/events.ts";
import type { RunOptions } from "../run/run-options.ts";
import type { GivenSettings } from "./settings.ts";

/** How many faults are tried by default. */
const usualSample = 200;

/**
 * Adds to a run's result which faults it would have caught, if that is requested (`--sensitivity`, `--min-sensitivity`) and
 * the run completed. A failure here ends the run with what is known by then.
 *
 * @param options those of the run, its target among them
 */
export async function withSensitivity(
  finished: FinishedRun,
  options: RunOptions,
  { sensitivity, minSensitivity, baseline }: GivenSettings,
  tell: (event: RunEvent) => void,
): Promise<FinishedRun> {
  const sample = sensitivity ?? (minSensitivity === undefined ? undefined : usualSample);
  const { header, summary } = finished;
  const isWhole = summary.stopped === undefined || summary.stopped.by === "max-time";
  if (sample === undefined || !isWhole || !options.target) return finished;
  try {
    const { measureSensitivity } = await import("../sensitivity/measure.ts");
    const today = utcDay(new Date());
    const entries = baseline === undefined ? [] : await readBaseline(baseline, "empty");
    const { capabilities, kind } = options.target;
    const measured = await measureSensitivity({
      run: options,
      // A mock can't have these faults: the figure is that of a server.
      ...(kind === "prism" ? {} : { capabilities, successes: summary.successes ?? [] }),
      known: new Set(entries.filter(({ expires }) => expires >= today).map(({ id }) => id)),
      sample,
      onProgress: (done, total) => tell({ type: "measuring", done, total }),
    });
    if (!measured) {
      const reason = "it was interrupted before its sensitivity was known";
      return { header, summary: { ...summary, stopped: { by: "caller", reason } } };
    }
    return { header, summary: { ...summary, sensitivity: measured } };
  } catch (error) {
    const reason = `the sensitivity couldn't be measured: ${messageOf(error)}`;
    return { header, summary: { ...summary, stopped: { by: "failure", reason } } };
  }
}
