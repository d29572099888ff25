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

/** A pull request's text has at most 65,536 characters: GitHub refuses a longer one. The steps' last lines tell the most. */
const shownLines = 60;
const shownOfStep = 6_000;
const shownOfDiff = 30_000;
const shownOfOverlays = 8_000;

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
      : `**Not ready to merge**: ${failed.join(", ")} failed. The details show what a user would encounter.`;
  return [
    verdict,
    ...(diff === undefined ? [] : [beginning(formatMarkdown(diff).trimEnd(), shownOfDiff)]),
    ...(stale.length === 0
      ? []
      : [
          beginning(
            `## Overlays to fix\n\n${stale.map((sentence) => `- ${sentence}`).join("\n")}`,
            shownOfOverlays,
          ),
        ]),
    ["## Checks", ...steps.map(stepSection)].join("\n\n"),
  ]
    .join("\n\n")
    .concat("\n");
}

function stepSection({ name, command, exitCode, output }: RefreshStep): string {
  const lines = output.trimEnd().split("\n");
  const shown = lines.slice(-shownLines).join("\n").slice(-shownOfStep).replaceAll("```", "'''");
  const left = lines.length > shownLines ? `… ${lines.length - shownLines} lines before\n` : "";
  return `<details><summary>${exitCode === 0 ? "passed" : `failed (exit ${exitCode})`}: ${name}</summary>\n\n\`\`\`\n$ ${command}\n${left}${shown}\n\`\`\`\n\n</details>`;
}

/** Whole lines from the start, as many as fit. */
function beginning(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = text.lastIndexOf("\n", length);
  const kept = text.slice(0, end > 0 ? end : length);
  return `${kept}\n\n… and more than a pull request can hold: see "npm run spec:diff".`;
}
