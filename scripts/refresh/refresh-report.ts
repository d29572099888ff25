import type { ContractDiff } from "../spec-diff/change.ts";
import { formatMarkdown } from "../spec-diff/format-markdown.ts";

/** One command that was run on the refreshed contract, and how it ended. */
export interface RefreshStep {
  readonly name: string;
  readonly command: string;
  readonly exitCode: number;
  /** What it printed, colours taken out. */
  readonly output: string;
}

/** A pull request's text has at most 65,536 characters; the steps' last lines tell the most. */
const shownLines = 60;

/** What a refreshed contract means, as the text of a pull request. */
export function refreshReport(
  diff: ContractDiff | undefined,
  steps: readonly RefreshStep[],
  stale: readonly string[],
): string {
  const failed = steps.filter(({ exitCode }) => exitCode !== 0).map(({ name }) => name);
  const verdict =
    failed.length === 0
      ? "Everything below passes on the regenerated code."
      : `**Not ready to merge**: ${failed.join(", ")} failed. The details tell what a user would meet.`;
  return [
    verdict,
    ...(diff === undefined ? [] : [formatMarkdown(diff).trimEnd()]),
    ...(stale.length === 0
      ? []
      : [`## Overlays to mend\n\n${stale.map((sentence) => `- ${sentence}`).join("\n")}`]),
    ["## Checks", ...steps.map(stepSection)].join("\n\n"),
  ]
    .join("\n\n")
    .concat("\n");
}

function stepSection({ name, command, exitCode, output }: RefreshStep): string {
  const lines = output.trimEnd().split("\n");
  const shown = lines.slice(-shownLines).join("\n").replaceAll("```", "'''");
  const left = lines.length > shownLines ? `… ${lines.length - shownLines} lines before\n` : "";
  return `<details><summary>${exitCode === 0 ? "passed" : `failed (exit ${exitCode})`}: ${name}</summary>\n\n\`\`\`\n$ ${command}\n${left}${shown}\n\`\`\`\n\n</details>`;
}
