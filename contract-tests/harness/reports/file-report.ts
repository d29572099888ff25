import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { contractSecretNames } from "../redaction/contract-secret-names.ts";
import { publishedSecrets } from "../redaction/published-secrets.ts";
import { createRedactor } from "../redaction/redact.ts";
import type { RunEvent, RunHeader, RunSummary } from "../run/events.ts";
import { asItIs, type FinishedRun, type Hide, type Report } from "./report.ts";
import { type ReportChoice, reportFormats } from "./report-formats.ts";
import { writeWhole } from "./write-whole.ts";

/** Keys get into documents as examples: an excerpt shows none. Text that can't be read gives no excerpt. */
function withoutPublishedSecrets(text: string): string {
  const document = parsed(text);
  const names = contractSecretNames(document);
  const redactor = createRedactor([], { names, published: publishedSecrets(document, names) });
  return text
    .split("\n")
    .map((line) => redactor.text(line))
    .join("\n");
}

/** JSON is YAML too, but takes a YAML parser a hundred times as long. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return parse(text);
  }
}

/** A report that is written to a file when the run is over; a run that broke off leaves an earlier file untouched. */
export function fileReport(
  { format, file }: ReportChoice,
  hide: Hide = asItIs,
  before?: FinishedRun,
): Report {
  let finished: { readonly header: RunHeader; readonly summary: RunSummary } | undefined;
  return {
    on(event: RunEvent): void {
      if (event.type === "run-finished") finished = { header: event.header, summary: event.summary };
    },
    async finish(): Promise<void> {
      if (finished === undefined) return;
      const contractText =
        format === "html"
          ? await readFile(finished.header.contract.file, "utf8")
              .then(withoutPublishedSecrets)
              .catch(() => undefined)
          : undefined;
      const run: FinishedRun = {
        ...finished,
        ...(contractText === undefined ? {} : { contractText }),
        ...(before ? { before } : {}),
      };
      await writeWhole(file, hide(reportFormats[format].render(run)));
    },
  };
}
