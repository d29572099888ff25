import type { Finding } from "../checks/finding.ts";
import type { BaselineEntry } from "./baseline.ts";

export interface BaselineScope {
  /** Today (UTC) as YYYY-MM-DD. */
  readonly today: string;
  /**
   * The operations that this run judged, when it judged a part of the contract only (a shard, a filter): entries of
   * other operations, and entries that name none, are then not called "no longer seen".
   */
  readonly operations?: ReadonlySet<string>;
}

export interface BaselineOutcome {
  /** The findings, known ones marked as such. */
  readonly findings: readonly Finding[];
  /** How many findings are known. */
  readonly known: number;
  /** Entries that have expired or whose finding no longer occurs, one sentence each: any of them fails the run. */
  readonly problems: readonly string[];
}

/** Separates known findings from new ones. Pure: the same findings, entries and day give the same outcome. */
export function applyBaseline(
  findings: readonly Finding[],
  entries: readonly BaselineEntry[],
  scope: BaselineScope,
): BaselineOutcome {
  const seen = new Set(findings.map((finding) => finding.id));
  const valid = new Map(
    entries.filter((entry) => entry.expires >= scope.today).map((entry) => [entry.id, entry] as const),
  );
  const marked = findings.map((finding) => {
    const entry = valid.get(finding.id);
    return entry === undefined
      ? finding
      : { ...finding, known: { reason: entry.reason, expires: entry.expires } };
  });
  return {
    findings: marked,
    known: marked.filter((finding) => finding.known !== undefined).length,
    problems: entries.flatMap((entry) => problemOf(entry, seen.has(entry.id), scope) ?? []),
  };
}

function problemOf(
  entry: BaselineEntry,
  seen: boolean,
  { today, operations }: BaselineScope,
): string | undefined {
  const expired = entry.expires < today;
  const where =
    entry.operation === undefined || entry.id.includes(entry.operation) ? "" : ` (${entry.operation})`;
  if (seen) {
    return expired
      ? `${entry.id}${where} expired on ${entry.expires} and still occurs: fix it, or accept it again with a later date`
      : undefined;
  }
  const judged =
    operations === undefined || (entry.operation !== undefined && operations.has(entry.operation));
  if (!judged || (entry.intermittent === true && !expired)) return undefined;
  return `${entry.id}${where} no longer occurs: remove its entry, so that it can't come back unnoticed`;
}
