import type { Finding } from "../checks/finding.ts";
import type { RunSummary } from "../run/events.ts";

/** What has become of the findings of an earlier run, that of the base branch above all. Warnings aren't among them. */
export interface Comparison {
  readonly fresh: readonly Finding[];
  readonly gone: readonly Finding[];
  /** Those whose operation this run hasn't judged: nobody knows. */
  readonly unjudged: readonly Finding[];
  /** How many are still there. */
  readonly still: number;
}

/** Compares findings by their ids, which don't depend on values, times and addresses. */
export function compareRuns(
  before: Pick<RunSummary, "findings">,
  { findings, counts }: Pick<RunSummary, "findings" | "counts">,
): Comparison {
  const errors = (all: readonly Finding[]) => all.filter(({ severity }) => severity === "error");
  const [old, now] = [errors(before.findings), errors(findings)];
  const [oldIds, nowIds] = [old, now].map((all) => new Set(all.map(({ id }) => id)));
  const judged = new Set(counts.map(({ operation }) => operation));
  const left = old.filter(({ id }) => !nowIds?.has(id));
  return {
    fresh: now.filter(({ id }) => !oldIds?.has(id)),
    gone: left.filter(({ operation }) => judged.has(operation)),
    unjudged: left.filter(({ operation }) => !judged.has(operation)),
    still: now.filter(({ id }) => oldIds?.has(id)).length,
  };
}
