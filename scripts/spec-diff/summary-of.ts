import type { ContractDiff } from "./change.ts";

/** The verdict in one line. */
export function summaryOf({ bump, counts }: ContractDiff): string {
  if (bump === "none") return "No change.";
  const parts = [`${counts.major} breaking`, `${counts.minor} minor`, `${counts.patch} patch`];
  return `${parts.join(", ")}: a release with ${bump === "major" ? "breaking changes" : `${bump} changes`} (${bump}). Lines of our code are found by name, not by type.`;
}
