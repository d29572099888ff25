import type { Complaint } from "../checks/check.ts";
import type { Exchange, Finding } from "../checks/finding.ts";
import type { PlaceInFile } from "../contract/contract.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import type { CheckCount } from "./events.ts";

/** Checks that tell why a valid request had no success. */
const refusals: ReadonlySet<string> = new Set([
  "positive-data-acceptance",
  "not-a-server-error",
  "response-received",
]);

/** What a run has found so far: findings by id, counts by operation and check. */
export class Ledger {
  /** Findings that were seen with a valid request. */
  readonly #withValid = new Set<string>();
  readonly #findings = new Map<string, Finding>();
  readonly #counts = new Map<
    string,
    { operation: string; check: string; passed: number; failed: number; warned: number }
  >();
  readonly #notJudged = new Map<string, NotJudged>();

  /**
   * That one valid request was refused is another finding than that all were: who knows the one doesn't know the other.
   * `isWithoutSuccess`: true for operations of which no request succeeded.
   */
  findings(isWithoutSuccess: (operation: string) => boolean): readonly Finding[] {
    return [...this.#findings.values()].map((finding) => {
      const { id, check, operation, message } = finding;
      const isWhole = refusals.has(check) && this.#withValid.has(id) && isWithoutSuccess(operation);
      return isWhole
        ? {
            ...finding,
            id: `${id} | never-accepted`,
            message: `${message} No request of this operation succeeded.`,
          }
        : finding;
    });
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
    if (finding.exchange.case.expectation === "accepted") this.#withValid.add(finding.id);
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
  { pointer, kind, at }: Pick<Complaint, "pointer" | "kind" | "at">,
): string {
  return [check, operation, pointer, kind, ...(at ? [at] : [])].join(" | ");
}

/** A complaint as a finding about its exchange. */
export function toFinding(
  check: string,
  complaint: Complaint,
  exchange: Exchange,
  place: PlaceInFile,
  curl: string,
  steps: readonly Exchange[] = [],
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
    ...(steps.length > 0 ? { steps } : {}),
    occurrences: 1,
  };
}
