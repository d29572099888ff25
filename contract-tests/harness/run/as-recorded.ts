import type { CheckOutcome } from "./exchange-judge.ts";
import { findingId } from "./ledger.ts";
import type { RecordedFinding } from "./recorded-exchange.ts";

/** Checks that look at a status and at who asks alone: they judge what has lost its secrets as well as before. */
const blindToContent: ReadonlySet<string> = new Set([
  "status-code-conformance",
  "content-type-conformance",
  "response-received",
  "positive-data-acceptance",
  "negative-data-rejection",
  "missing-required-header",
  "ignored-auth",
  "unsupported-method",
  "not-a-server-error",
  "max-response-time",
]);

/** The outcomes of an exchange of whose answer only the beginning of the body was kept: the checks that don't look at it. */
export function withoutBody(outcomes: readonly CheckOutcome[]): readonly CheckOutcome[] {
  return outcomes.filter(
    ({ check }) => blindToContent.has(check) || check === "response-headers-conformance",
  );
}

/**
 * The outcomes of an exchange whose secrets were taken out when it was recorded. Of a redacted value nobody can tell whether
 * it had the right length or form: there, what was found when it was whole stands. `isOn`: checks of this run.
 */
export function asRecorded(
  outcomes: readonly CheckOutcome[],
  found: readonly RecordedFinding[],
  isOn: (check: string) => boolean,
): readonly CheckOutcome[] {
  const of = (id: string) => found.filter(({ check }) => check === id);
  const judged = outcomes.map((outcome): CheckOutcome => {
    if (blindToContent.has(outcome.check)) return outcome;
    const complaints = of(outcome.check);
    return complaints.length > 0 ? { check: outcome.check, complaints } : { ...outcome, complaints };
  });
  const others = new Set(
    found.map(({ check }) => check).filter((id) => !outcomes.some(({ check }) => check === id)),
  );
  return [
    ...judged,
    ...[...others]
      .filter((id) => isOn(id) && !blindToContent.has(id))
      .map((check) => ({ check, complaints: of(check) })),
  ];
}

/**
 * The outcomes of an exchange whose target has faults of its own: complaints that weren't told when they were known aren't
 * told now, and a check that has no other isn't judged.
 */
export function asTold(
  operation: string,
  outcomes: readonly CheckOutcome[],
  told: readonly RecordedFinding[],
): readonly CheckOutcome[] {
  return outcomes.map((outcome) => {
    const { check } = outcome;
    const known = new Set(told.map((one) => findingId(one.check, operation, one)));
    const complaints = outcome.complaints.filter((one) => known.has(findingId(check, operation, one)));
    if (complaints.length > 0 || outcome.complaints.length === 0) return { ...outcome, complaints };
    const notJudged = "it was a fault of the mock that was recorded";
    return { check, complaints, notJudged };
  });
}
