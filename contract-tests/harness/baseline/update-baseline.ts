import type { Finding } from "../checks/finding.ts";
import { type BaselineEntry, BaselineError, utcDay } from "./baseline.ts";

/** For how many days a finding is accepted by default. */
export const DAYS_ACCEPTED = 90;

export interface BaselineUpdate {
  readonly now: Date;
  /** Why findings that are new or whose entry has expired are accepted. */
  readonly reason?: string;
  /** For how many days they are accepted; {@link DAYS_ACCEPTED} by default. */
  readonly days?: number;
  /** As for `applyBaseline`: entries outside of a part of the contract are kept as they are. */
  readonly operations?: ReadonlySet<string>;
}

/**
 * The baseline that makes this run's findings known. Entries that are valid keep their reason and date; new findings
 * and expired entries get the given reason and a new date; entries that no longer occur are removed.
 *
 * @throws {BaselineError} if something is to be accepted without a reason: a baseline explains itself
 */
export function updateBaseline(
  findings: readonly Finding[],
  entries: readonly BaselineEntry[],
  update: BaselineUpdate,
): readonly BaselineEntry[] {
  const today = utcDay(update.now);
  const expires = utcDay(new Date(update.now.getTime() + (update.days ?? DAYS_ACCEPTED) * 86_400_000));
  const before = new Map(entries.map((entry) => [entry.id, entry] as const));
  const seen = new Set(findings.map((finding) => finding.id));
  const isKept = (entry: BaselineEntry | undefined) => entry !== undefined && entry.expires >= today;
  const accepted = [...seen].filter((id) => !isKept(before.get(id)));
  const reason = update.reason?.trim() ?? "";
  if (accepted.length > 0 && reason === "") {
    throw new BaselineError(
      `${accepted.length === 1 ? "1 finding is" : `${accepted.length} findings are`} new or expired: say with --reason "…" why to accept them`,
    );
  }
  const unjudged = entries.filter(
    (entry) =>
      !seen.has(entry.id) &&
      ((update.operations !== undefined &&
        (entry.operation === undefined || !update.operations.has(entry.operation))) ||
        (entry.intermittent === true && isKept(entry))),
  );
  const current = findings.map((finding): BaselineEntry => {
    const entry = before.get(finding.id);
    const intermittent = finding.intermittent === true || entry?.intermittent === true;
    return {
      id: finding.id,
      ...(entry !== undefined && isKept(entry)
        ? { reason: entry.reason, expires: entry.expires }
        : { reason, expires }),
      operation: finding.operation,
      check: finding.check,
      ...(intermittent ? { intermittent } : {}),
    };
  });
  const byId = new Map([...unjudged, ...current].map((entry) => [entry.id, entry] as const));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
