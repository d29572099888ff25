import type { Complaint } from "../../contract-tests/harness/checks/check.ts";
import type { Finding } from "../../contract-tests/harness/checks/finding.ts";
import type { Contract } from "../../contract-tests/harness/contract/contract.ts";
import { Oracle } from "../../contract-tests/harness/schema/oracle.ts";
import { answered, instanceOf } from "../../contract-tests/harness/targets/evidence.ts";
import { type DocumentFault, documentFaults } from "./document-faults.ts";

export interface Explained {
  readonly finding: Finding;
  /** Undefined: nobody knows yet whose fault this is. */
  readonly explanation: DocumentFault | undefined;
}

/** Each finding with the first fault of the document that explains it. */
export function explainFindings(contract: Contract, findings: readonly Finding[]): readonly Explained[] {
  const oracle = new Oracle(contract);
  return findings.map((finding) => ({ finding, explanation: explain(contract, oracle, finding, findings) }));
}

function explain(
  contract: Contract,
  oracle: Oracle,
  finding: Finding,
  all: readonly Finding[],
): DocumentFault | undefined {
  const operation = contract.operations.find(({ id }) => id === finding.operation);
  if (operation === undefined) return undefined;
  const { check, caseId, exchange } = finding;
  const complaint = asComplaint(finding);
  const complaints = all.filter((other) => other.caseId === caseId && other.check === check).map(asComplaint);
  const facts = { ...answered(operation, exchange), instance: instanceOf(complaint) };
  const evidence = { contract, oracle, operation, check, complaint, complaints, exchange, ...facts };
  return documentFaults.find(({ fits }) => fits(evidence));
}

function asComplaint({ pointer, message, expected, actual }: Finding): Complaint {
  return { kind: "", pointer, message, expected, actual };
}
