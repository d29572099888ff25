import type { Complaint } from "../checks/check.ts";
import type { Contract } from "../contract/contract.ts";
import type { CheckOutcome } from "../run/exchange-judge.ts";
import { withoutMockErrors } from "../run/mock-answer.ts";
import type { OwnFaults } from "../run/target.ts";
import type { Oracle } from "../schema/oracle.ts";
import { answerLimits, headerLimits } from "./answer-limits.ts";
import { examplesIn } from "./document-facts.ts";
import { answered, type Evidence, instanceOf } from "./evidence.ts";
import { PrismReading } from "./prism-reading.ts";
import { requestLimits } from "./request-limits.ts";

/**
 * Tells complaints that the mock alone is to blame for from those about its document: what Prism is known to read or
 * answer otherwise is judged again by Prism's rule, and isn't judged where that explains the complaint; nor is what it answers for
 * want of a documented answer.
 *
 * @param file what Prism serves: its own reading of it is asked
 */
export async function prismFaults(contract: Contract, oracle: Oracle, file: string): Promise<OwnFaults> {
  const prism = await PrismReading.of(file);
  return (operation, exchange, outcomes) => {
    const left = withoutMockErrors(operation, exchange, outcomes);
    if (left.every(({ complaints }) => complaints.length === 0)) return left;
    const given: Given = { contract, oracle, prism, operation, exchange, ...answered(operation, exchange) };
    const isExampleAt = examplesIn(contract, given);
    return left.map((outcome) => withoutLimits(outcome, given, isExampleAt));
  };
}

type Given = Omit<Evidence, "check" | "complaint" | "complaints" | "instance">;

function withoutLimits(
  outcome: CheckOutcome,
  given: Given,
  isExampleAt: (instance: string) => boolean,
): CheckOutcome {
  const { check, complaints } = outcome;
  const causes = new Map<Complaint, string>();
  for (const complaint of complaints) {
    const instance = instanceOf(complaint);
    const limits = [...requestLimits, ...headerLimits, ...(isExampleAt(instance) ? [] : answerLimits)];
    const evidence: Evidence = { ...given, check, complaint, complaints, instance };
    const cause = limits.find(({ fits }) => fits(evidence))?.cause;
    if (cause !== undefined) causes.set(complaint, cause);
  }
  if (causes.size === 0) return outcome;
  const unexplained = complaints.filter((complaint) => !causes.has(complaint));
  if (unexplained.length > 0) return { ...outcome, complaints: unexplained };
  const [first = ""] = causes.values();
  return { check, complaints: [], notJudged: `the mock: ${first}` };
}
