import { readFile } from "node:fs/promises";
import { unreadableFile } from "../http/unreadable-file.ts";
import { writeWhole } from "../reports/write-whole.ts";
import { type BaselineEntry, BaselineError } from "./baseline.ts";
import { parseBaseline } from "./parse-baseline.ts";
import { renderBaseline } from "./render-baseline.ts";

/**
 * Reads a baseline file.
 *
 * @param missing what stands for a file that doesn't exist yet: an empty baseline that is about to be written, or an
 *   error (the default)
 * @throws {BaselineError} when it is missing, unreadable or wrong
 */
export async function readBaseline(
  file: string,
  missing: "empty" | "error" = "error",
): Promise<readonly BaselineEntry[]> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    if (code === "ENOENT" && missing === "empty") return [];
    throw new BaselineError(
      code === "ENOENT"
        ? `${file} doesn't exist: create it with --update-baseline, or omit --baseline`
        : `${file} can't be read (${unreadableFile(error)}): name a readable YAML or JSON file`,
    );
  }
  return parseBaseline(text, file);
}

/**
 * Replaces a baseline file as a whole.
 *
 * @throws {ReportError} when the place can't be written to
 */
export function writeBaseline(file: string, entries: readonly BaselineEntry[]): Promise<void> {
  return writeWhole(file, renderBaseline(entries));
}
