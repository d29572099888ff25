import { markdownText } from "../cli/markdown.ts";
import type { ContractDiff } from "../spec-diff/change.ts";

const heading = "## Unreleased";
const section = "### Changed";

/**
 * Adds what an import changes to the changelog (Keep a Changelog), under "Unreleased" and there under "Changed".
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
  const entry = entryOf(diff, today, version);
  const text = withHeading(changelog === "" ? "# Changelog\n" : changelog);
  const start = text.indexOf(`${heading}\n`) + heading.length + 1;
  const next = text.slice(start).search(/^## /m);
  const end = next < 0 ? text.length : start + next;
  const unreleased = text.slice(start, end);
  const at = unreleased.indexOf(`${section}\n`);
  const [before, after] =
    at < 0
      ? [unreleased.trim(), ""]
      : [unreleased.slice(0, at).trim(), unreleased.slice(at + section.length + 1).trim()];
  const changed = [section, entry + (after.startsWith("#") ? `\n${after}` : after)];
  const blocks = [before, ...changed].filter((block) => block !== "").map((block) => block.trimEnd());
  return `${text.slice(0, start)}\n${blocks.join("\n\n")}\n${next < 0 ? "" : "\n"}${text.slice(end)}`;
}

/** A changelog that has the section, before its first version. */
function withHeading(changelog: string): string {
  if (changelog.includes(`${heading}\n`)) return changelog;
  const firstVersion = changelog.search(/^## /m);
  const at = firstVersion < 0 ? changelog.length : firstVersion;
  return `${changelog.slice(0, at).trimEnd()}\n\n${heading}\n\n${changelog.slice(at)}`;
}

function entryOf({ bump, changes }: ContractDiff, today: string, version: string): string {
  const kind = bump === "major" ? "**breaking**" : bump;
  const told = changes.filter((change) => change.bump === bump);
  const lines = told.map(({ message, meaning }) => `  - ${markdownText(message)} ${meaning}`);
  return [`- The contract as documented on ${today} (${kind}; proposed version ${version}):`, ...lines]
    .join("\n")
    .concat("\n");
}
