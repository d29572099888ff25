import { checks as allChecks } from "../checks/registry.ts";
import type { Operation } from "../contract/contract.ts";
import { isSafe } from "../http/loopback.ts";
import type { OperationEntry } from "../run/operation-entry.ts";
import type { OperationPlan } from "../run/plan-operation.ts";
import type { RunOptions } from "../run/run-options.ts";
import type { TargetCapabilities } from "../run/target.ts";

/** A run that tries or judges more than another. */
export interface WiderRun {
  readonly name: string;
  readonly options: RunOptions;
  readonly capabilities: TargetCapabilities;
  /** Why the narrower run misses what this one notices. */
  readonly reason: string;
  /** How the caller gets it. */
  readonly remedy: (plan: OperationPlan | undefined) => string;
}

/** More than any operation has: the plan then tells how many there are. */
const allCases = 1_000_000;
const fuzzFactor = 20;
const leastFuzz = 200;

/** The ways in which a run of an operation could have been wider, the cheapest first. */
export function widerRuns(
  options: RunOptions,
  capabilities: TargetCapabilities,
  { method }: Operation,
  plan: OperationPlan | undefined,
): readonly WiderRun[] {
  const wider: WiderRun[] = [];
  const add = (
    name: string,
    reason: string,
    remedy: WiderRun["remedy"],
    more: Partial<RunOptions>,
    to = capabilities,
  ) => wider.push({ name, reason, remedy, options: { ...options, ...more }, capabilities: to });

  if (!isSafe(method) && !options.allowWrites && !capabilities.allowsWrites)
    add("writes", "requests that may change data weren't sent", () => "--allow-writes", {
      allowWrites: true,
    });
  const entries = (options.entries ?? []).map(withoutChecks);
  if (
    options.checks ||
    options.warnedChecks?.length ||
    options.acceptedStatuses ||
    entries.some(({ isChanged }) => isChanged)
  )
    add(
      "checks",
      "the check that catches it is off, only warns, or was told to accept it",
      () => "all checks, with their defaults",
      {
        checks: allChecks,
        warnedChecks: [],
        acceptedStatuses: new Map(),
        entries: entries.map(({ entry }) => entry),
      },
    );
  if (options.phases && options.phases.length < 3)
    add("phases", "no request of the phases that ran shows it", () => "--phases examples,coverage,fuzzing", {
      phases: ["examples", "coverage", "fuzzing"],
    });
  if (options.maxRequests !== undefined) {
    const { maxRequests: _, ...unlimited } = options;
    wider.push({
      name: "requests",
      reason: "the run's requests were used up before one showed it",
      remedy: () => "no --max-requests, or a higher one",
      options: unlimited,
      capabilities,
    });
  }
  if (plan?.notJudged.some(({ reason }) => reason.includes("--max-cases")))
    add(
      "cases",
      "the case that shows it exceeds the limit of cases per operation",
      (whole) => `--max-cases ${whole?.cases.length ?? allCases}`,
      { maxCases: allCases, entries: (options.entries ?? []).map(({ maxCases: _, ...entry }) => entry) },
    );
  const runs = Math.max(leastFuzz, (options.fuzzRuns ?? 10) * fuzzFactor);
  if (options.phases === undefined || options.phases.includes("fuzzing"))
    add(
      "fuzzing",
      "only some random requests show it, and none of those was sent",
      () => `--fuzz-runs ${runs}`,
      {
        fuzzRuns: runs,
        entries: (options.entries ?? []).map(({ fuzzRuns: _, ...entry }) => entry),
      },
    );
  return wider;
}

function withoutChecks({
  onlyChecks,
  skippedChecks,
  warnedChecks,
  acceptedStatuses,
  ...entry
}: OperationEntry): { readonly entry: OperationEntry; readonly isChanged: boolean } {
  return { entry, isChanged: [onlyChecks, skippedChecks, warnedChecks, acceptedStatuses].some(Boolean) };
}
