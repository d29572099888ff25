import type { Complaint } from "../checks/check.ts";
import type { Contract } from "../contract/contract.ts";
import type { CheckOutcome } from "../run/exchange-judge.ts";
import type { OwnFaults } from "../run/target.ts";
import type { Oracle } from "../schema/oracle.ts";
import { answerLimits } from "./answer-limits.ts";
import { isFromExample } from "./document-facts.ts";
import { answerFacts, type Evidence } from "./evidence.ts";
import { PrismReading } from "./prism-reading.ts";
import { requestLimits } from "./request-limits.ts";

/**
 * Tells complaints that the mock alone is to blame for from those about its document: what Prism is known to read or
 * answer otherwise is judged again by Prism's rule, and isn't judged where that explains the complaint.
 *
 * @param file what Prism serves: its own reading of it is asked
 */
export async function prismFaults(contract: Contract, oracle: Oracle, file: string): Promise<OwnFaults> {
  const prism = await PrismReading.of(file);
  return (operation, exchange, outcomes) =>
    outcomes.map((outcome) => {
      const causes = new Map<Complaint, string>();
      for (const complaint of outcome.complaints) {
        const cause = causeOf({ contract, oracle, prism, operation, exchange, outcome, complaint });
        if (cause !== undefined) causes.set(complaint, cause);
      }
      if (causes.size === 0) return outcome;
      const complaints = outcome.complaints.filter((complaint) => !causes.has(complaint));
      if (complaints.length > 0) return { ...outcome, complaints };
      const [first = ""] = causes.values();
      return { check: outcome.check, complaints: [], notJudged: `the mock: ${first}` };
    });
}

interface Given extends Pick<Evidence, "contract" | "oracle" | "prism" | "operation" | "exchange"> {
  readonly outcome: CheckOutcome;
  readonly complaint: Complaint;
}

function causeOf({ outcome, complaint, ...given }: Given): string | undefined {
  const { check, complaints } = outcome;
  const { contract, operation, exchange } = given;
  const facts = answerFacts(operation, exchange, complaint);
  const evidence: Evidence = { ...given, ...facts, check, complaint, complaints };
  const limits = isFromExample(contract, facts) ? requestLimits : [...requestLimits, ...answerLimits];
  return limits.find(({ fits }) => fits(evidence))?.cause;
}
