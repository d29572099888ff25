import { readFile } from "node:fs/promises";
import { unreadableFile } from "../http/unreadable-file.ts";
import { mergeReports } from "./merge-reports.ts";
import { parseJsonReport } from "./read-json-report.ts";
import { type FinishedRun, ReportError } from "./report.ts";

/**
 * Reads the JSON reports of all shards of a run and merges them.
 *
 * @throws {ReportError} when one can't be read, is no report, or is of another run
 */
export async function mergeReportFiles(files: readonly string[]): Promise<FinishedRun> {
  const shards = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(file, "utf8").catch((error: unknown) => {
        throw new ReportError(
          `${file} can't be read (${unreadableFile(error)}): name the JSON reports of all shards`,
        );
      });
      return { file, ...parseJsonReport(text, file) };
    }),
  );
  return mergeReports(shards);
}
