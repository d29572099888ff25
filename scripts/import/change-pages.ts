import { replaceFiles } from "../files/replace-files.ts";
import { formatText } from "../spec-diff/format-text.ts";
import { planImport } from "./plan-import.ts";
import type { PageChange } from "./take-apart.ts";

/**
 * Changes the imported pages as a command does: shows what the change means, refuses one that breaks clients unless it
 * is meant, and writes all files or none.
 *
 * @returns the exit code: 0 done, 1 refused
 */
export async function changePages(
  root: string,
  change: PageChange,
  acceptBreaking: boolean,
): Promise<{ exitCode: 0 | 1; warnings: readonly string[] }> {
  const { diff, stale, warnings, version, files } = await planImport(
    root,
    change,
    new Date().toISOString().slice(0, 10),
  );
  if (diff !== undefined)
    process.stdout.write(`${formatText(diff, process.stdout.isTTY && !process.env["NO_COLOR"])}\n`);
  if (diff?.bump === "major" && !acceptBreaking) {
    console.error(
      "nothing was changed: existing clients would break; add --accept-breaking if that is intended.",
    );
    return { exitCode: 1, warnings };
  }
  replaceFiles(root, files);
  for (const [name, content] of files) console.log(`${content === undefined ? "deleted" : "wrote"} ${name}`);
  if (version !== undefined) console.log(`proposed version of the next release: ${version}`);
  for (const sentence of stale) console.error(`before "npm run generate": ${sentence}`);
  console.log(files.size === 0 ? "nothing to do: the pages are unchanged" : 'next: "npm run generate"');
  return { exitCode: 0, warnings };
}
