import type { Finding } from "../checks/finding.ts";
import type { Comparison } from "./compare-runs.ts";
import { code, escaped } from "./markdown-text.ts";
import { counted } from "./wording.ts";

/** Most findings of one kind that are listed. */
const mostListed = 20;

/** What has changed since an earlier run, in parts of a Markdown text. */
export function comparisonParts({ fresh, gone, unjudged, still }: Comparison): readonly string[] {
  const counts = [
    `**${counted(fresh.length, "new finding")}**`,
    `**${gone.length} gone**`,
    `${still} still there`,
    ...(unjudged.length > 0 ? [`${unjudged.length} on operations that weren't judged this time`] : []),
  ];
  return [`Compared with the base: ${counts.join(", ")}.`, ...listed("New", fresh), ...listed("Gone", gone)];
}

/** Findings, a line each, under a heading; nothing where there are none. */
export function listed(title: string, findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return [];
  const lines = findings
    .slice(0, mostListed)
    .map(({ check, operation, message }) => `- ${code(operation)} ${escaped(message)} (${code(check)})`);
  const more = findings.length - mostListed;
  return [`### ${title}`, [...lines, ...(more > 0 ? [`- … and ${more} more`] : [])].join("\n")];
}
