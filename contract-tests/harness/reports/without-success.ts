import type { RunSummary, SuccessCount } from "../run/events.ts";

/** Operations that were judged and never seen to succeed, in the order of the run. */
export function withoutSuccess({ successes = [] }: RunSummary): readonly SuccessCount[] {
  return successes.filter(({ succeeded }) => succeeded === 0);
}

/** `no success seen (404 × 12, 401 × 2)`: what came instead, most often first. */
export function noSuccessWords({ instead }: SuccessCount): string {
  const statuses = Object.entries(instead).sort(([, a], [, b]) => b - a);
  const shown = statuses.map(([status, count]) => `${status === "none" ? "no answer" : status} × ${count}`);
  return `no success seen (${shown.join(", ") || "no valid request was tried"})`;
}
