import type { Complaint } from "../checks/check.ts";
import type { Exchange, Finding } from "../checks/finding.ts";
import type { PlaceInFile } from "../contract/contract.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import type { CheckCount } from "./events.ts";

/** What a run has found so far: findings by id, counts by operation and check. */
export class Ledger {
  readonly #findings = new Map<string, Finding>();
  readonly #counts = new Map<
    string,
    { operation: string; check: string; passed: number; failed: number; warned: number }
  >();
  readonly #notJudged = new Map<string, NotJudged>();

  get findings(): readonly Finding[] {
    return [...this.#findings.values()];
  }

  get notJudged(): readonly NotJudged[] {
    return [...this.#notJudged.values()];
  }

  get counts(): readonly CheckCount[] {
    return [...this.#counts.values()];
  }

  countsOf(operation: string): readonly CheckCount[] {
    return this.counts.filter((count) => count.operation === operation);
  }

  has(id: string): boolean {
    return this.#findings.has(id);
  }

  /** Adds to the row of a check: an exchange passed, failed or was warned about. */
  count(operation: string, check: string, outcome: "passed" | "failed" | "warned"): void {
    const key = `${operation} ${check}`;
    const row = this.#counts.get(key) ?? { operation, check, passed: 0, failed: 0, warned: 0 };
    row[outcome]++;
    this.#counts.set(key, row);
  }

  /** Keeps the first of each finding, counting the others. */
  add(finding: Finding): Finding {
    const known = this.#findings.get(finding.id);
    const kept = known ? { ...known, occurrences: known.occurrences + 1 } : finding;
    this.#findings.set(finding.id, kept);
    return kept;
  }

  markIntermittent(id: string): void {
    const finding = this.#findings.get(id);
    if (finding) this.#findings.set(id, { ...finding, intermittent: true });
  }

  /** True when it is new. */
  addNotJudged(item: NotJudged): boolean {
    const key = JSON.stringify([item.operation, item.check, item.pointer, item.reason]);
    if (this.#notJudged.has(key)) return false;
    this.#notJudged.set(key, item);
    return true;
  }
}

/** Stable over targets, runs and seeds: nothing of it comes from values. */
export function findingId(
  check: string,
  operation: string,
  complaint: Pick<Complaint, "pointer" | "kind">,
): string {
  return [check, operation, complaint.pointer, complaint.kind].join(" | ");
}

/** A complaint as a finding about its exchange. */
export function toFinding(
  check: string,
  complaint: Complaint,
  exchange: Exchange,
  place: PlaceInFile,
  curl: string,
): Finding {
  const { operation, id: caseId } = exchange.case;
  return {
    id: findingId(check, operation, complaint),
    check,
    severity: complaint.severity ?? "error",
    operation,
    caseId,
    message: complaint.message,
    expected: complaint.expected,
    actual: complaint.actual,
    pointer: complaint.pointer,
    ...place,
    curl,
    exchange,
    occurrences: 1,
  };
}
