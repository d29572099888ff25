import { renderHtml } from "./html-report.ts";
import { renderJson } from "./json-report.ts";
import { renderJunit } from "./junit-report.ts";
import { renderMarkdown } from "./markdown-report.ts";
import { type FinishedRun, ReportError } from "./report.ts";
import { renderSarif } from "./sarif-report.ts";

export interface ReportFormat {
  /** The endings that choose this format, the longest first. */
  readonly extensions: readonly string[];
  readonly render: (run: FinishedRun) => string;
}

/** Every file format by name: the name chooses it as `--report NAME=FILE`, the ending as `--report FILE`. */
export const reportFormats = {
  junit: { extensions: [".xml"], render: renderJunit },
  json: { extensions: [".json"], render: renderJson },
  sarif: { extensions: [".sarif", ".sarif.json"], render: renderSarif },
  html: { extensions: [".html", ".htm"], render: renderHtml },
  markdown: { extensions: [".md"], render: renderMarkdown },
} as const satisfies Readonly<Record<string, ReportFormat>>;

export type ReportFormatName = keyof typeof reportFormats;

export interface ReportChoice {
  readonly format: ReportFormatName;
  readonly file: string;
}

function isFormatName(name: string): name is ReportFormatName {
  return Object.hasOwn(reportFormats, name);
}

/**
 * Reads the value of one `--report` option: `FILE`, whose ending tells the format, or `FORMAT=FILE`.
 *
 * @throws {ReportError} when neither tells a format, naming those there are
 */
export function parseReportChoice(option: string): ReportChoice {
  const [before, file] = option.split(/=(.*)/s);
  if (before !== undefined && file !== undefined && isFormatName(before)) {
    if (file === "") throw new ReportError(`--report ${option}: a file name is missing after "${before}="`);
    return { format: before, file };
  }
  const lower = option.toLowerCase();
  // The longest ending wins: `run.sarif.json` is SARIF.
  let chosen: { readonly format: ReportFormatName; readonly length: number } | undefined;
  for (const [name, format] of Object.entries<ReportFormat>(reportFormats)) {
    for (const extension of format.extensions) {
      if (isFormatName(name) && lower.endsWith(extension) && extension.length > (chosen?.length ?? 0)) {
        chosen = { format: name, length: extension.length };
      }
    }
  }
  if (chosen !== undefined) return { format: chosen.format, file: option };
  const endings = Object.values<ReportFormat>(reportFormats).flatMap((format) => format.extensions);
  throw new ReportError(
    `--report ${option}: the file's extension names no format; use ${endings.join(" ")} or FORMAT=FILE with ${Object.keys(reportFormats).join(", ")}`,
  );
}
