import { markdownCode as code, markdownText as plain } from "../cli/markdown.ts";
import type { Bump, Change, ContractDiff } from "./change.ts";
import { listMentions } from "./list-mentions.ts";
import { summaryOf } from "./summary-of.ts";

const titles: Readonly<Record<Bump, string>> = { major: "Breaking", minor: "Minor", patch: "Patch" };

/** For pull requests and step summaries. */
export function formatMarkdown(diff: ContractDiff): string {
  const sections = (["major", "minor", "patch"] as const).flatMap((bump) => {
    const changes = diff.changes.filter((change) => change.bump === bump);
    return changes.length === 0 ? [] : [`### ${titles[bump]}\n\n${changes.map(item).join("\n")}`];
  });
  return [`## Contract: ${code(diff.base)} → ${code(diff.revision)}`, summaryOf(diff), ...sections]
    .join("\n\n")
    .concat("\n");
}

function item(change: Change): string {
  const lines = [
    `- **${plain(change.message)}** (${code(change.rule)})`,
    `  - At ${code(change.place)}, ${code(change.pointer || "/")}`,
    ...(change.operations.length > 0 ? [`  - Touches ${change.operations.map(code).join(", ")}`] : []),
    `  - ${plain(change.meaning)}`,
    `  - Our code ${plain(listMentions(change))}`,
  ];
  return lines.join("\n");
}
