import { readFile } from "node:fs/promises";
import type { RunEvent, RunHeader, RunSummary } from "../run/events.ts";
import type { Report } from "./report.ts";
import { type ReportChoice, reportFormats } from "./report-formats.ts";
import { writeWhole } from "./write-whole.ts";

/** A report that is written to a file when the run is over; a run that broke off leaves an earlier file untouched. */
export function fileReport({ format, file }: ReportChoice): Report {
  let finished: { readonly header: RunHeader; readonly summary: RunSummary } | undefined;
  return {
    on(event: RunEvent): void {
      if (event.type === "run-finished") finished = { header: event.header, summary: event.summary };
    },
    async finish(): Promise<void> {
      if (finished === undefined) return;
      const contractText = await readFile(finished.header.contract.file, "utf8").catch(() => undefined);
      const run = { ...finished, ...(contractText === undefined ? {} : { contractText }) };
      await writeWhole(file, reportFormats[format].render(run));
    },
  };
}
