import { markdownText } from "../cli/markdown.ts";
import type { ContractDiff } from "../spec-diff/change.ts";

const heading = "## Unreleased";

/**
 * Adds what an import changes to the changelog, under "Unreleased".
 *
 * @param changelog its text so far; one is begun when it is empty
 * @param today YYYY-MM-DD
 * @param version the proposed version of the next release
 */
export function addChangelogEntry(
  changelog: string,
  diff: ContractDiff,
  today: string,
  version: string,
): string {
  const text = changelog === "" ? `# Changelog\n\n${heading}\n` : changelog;
  const entry = entryOf(diff, today, version);
  const at = text.indexOf(`${heading}\n`);
  if (at >= 0) {
    const after = text.slice(at + heading.length + 1).replace(/^\n+/, "");
    return `${text.slice(0, at)}${heading}\n\n${entry}${after === "" || after.startsWith("-") ? "" : "\n"}${after}`;
  }
  const firstVersion = text.search(/^## /m);
  const [before, rest] =
    firstVersion < 0 ? [text, ""] : [text.slice(0, firstVersion), text.slice(firstVersion)];
  return `${before.trimEnd()}\n\n${heading}\n\n${entry}${rest === "" ? "" : "\n"}${rest}`;
}

function entryOf({ bump, changes }: ContractDiff, today: string, version: string): string {
  const kind = bump === "major" ? "**breaking**" : bump;
  const told = changes.filter((change) => change.bump === bump);
  const lines = told.map(({ message, meaning }) => `  - ${markdownText(message)} ${meaning}`);
  return [`- The contract as documented on ${today} (${kind}; proposed version ${version}):`, ...lines]
    .join("\n")
    .concat("\n");
}
