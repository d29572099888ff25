import { appendFile } from "node:fs/promises";
import type { RunEvent } from "../run/events.ts";
import { renderMarkdown } from "./markdown-report.ts";
import { asItIs, type FinishedRun, type Hide, type Report, ReportError } from "./report.ts";

/** Appends the Markdown report to a file that other steps write to as well: GitHub's `GITHUB_STEP_SUMMARY`. */
export function stepSummary(file: string, hide: Hide = asItIs, before?: FinishedRun): Report {
  let finished: FinishedRun | undefined;
  return {
    on(event: RunEvent): void {
      if (event.type === "run-finished") finished = { header: event.header, summary: event.summary };
    },
    async finish(): Promise<void> {
      if (finished === undefined) return;
      try {
        await appendFile(file, hide(renderMarkdown({ ...finished, ...(before ? { before } : {}) })));
      } catch (error) {
        const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
        throw new ReportError(
          `the step summary ${file} can't be written (${code}): unset GITHUB_STEP_SUMMARY`,
        );
      }
    },
  };
}
