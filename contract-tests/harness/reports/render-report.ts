import type { Contract } from "../contract/contract.ts";
import type { HeaderLine } from "../http/message.ts";
import { redactorFor } from "../redaction/redactor-for.ts";
import type { RunHeader, RunSummary } from "../run/events.ts";
import { type ReportFormatName, reportFormats } from "./report-formats.ts";

/** A run that has ended, as its "run-finished" event tells of it. */
export interface RenderedRun {
  readonly contract: Contract;
  readonly header: RunHeader;
  readonly summary: RunSummary;
  /** The headers that the run was given: their values are taken out. */
  readonly headers?: readonly HeaderLine[];
}

/** The run as a report: "html", "json", "junit", "markdown" or "sarif". Secrets are taken out. */
export function renderReport(
  format: ReportFormatName,
  { contract, header, summary, headers = [] }: RenderedRun,
): string {
  const redactor = redactorFor(contract, headers);
  return reportFormats[format].render({
    header: redactor.header(header),
    summary: redactor.summary(summary),
  });
}
