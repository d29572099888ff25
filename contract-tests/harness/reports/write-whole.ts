import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { ReportError } from "./report.ts";

/**
 * Writes beside the file first, by a name that nobody can guess, and renames then, so that no reader ever sees half a
 * file. Folders are made.
 *
 * @throws {ReportError} when the place can't be written to
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(draft, text, { flag: "wx" }); // a link that somebody put there isn't followed
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new ReportError(`${file} can't be written (${code}): choose a writable place`);
  }
}
