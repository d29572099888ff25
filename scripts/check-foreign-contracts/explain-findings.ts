import { ruleFor } from "../../contract-tests/checks/check.ts";
import type { Contract } from "../../contract-tests/contract/contract.ts";
import { joinPointer } from "../../contract-tests/contract/json-pointer.ts";
import type { Finding } from "../../contract-tests/engine/model.ts";
import { type Evidence, type Explanation, explanations, instanceOf } from "./explanations.ts";
import { PrismReading } from "./prism-reading.ts";

export interface Explained {
  readonly finding: Finding;
  /** Undefined: nobody knows yet whose fault this is. */
  readonly explanation: Explanation | undefined;
}

/** Each finding with the first explanation that fits it. */
export async function explainFindings(
  contract: Contract,
  findings: readonly Finding[],
): Promise<readonly Explained[]> {
  if (findings.length === 0) return [];
  const prism = await PrismReading.of(contract.file);
  return findings.map((finding) => {
    const evidence = evidenceOf(contract, finding, findings, prism);
    return { finding, explanation: evidence && explanations.find(({ fits }) => fits(evidence)) };
  });
}

function evidenceOf(
  contract: Contract,
  finding: Finding,
  all: readonly Finding[],
  prism: PrismReading,
): Evidence | undefined {
  const operation = contract.operations.find(({ id }) => id === finding.operation);
  if (operation === undefined) return undefined;
  const { response } = finding.exchange;
  const rule = response && ruleFor(operation, response.status);
  return {
    contract,
    operation,
    finding,
    all,
    prism,
    answered: rule?.pointer ?? joinPointer(operation.pointer, "responses"),
    answer: jsonOf(response?.body),
    instance: instanceOf(finding),
  };
}

function jsonOf(body: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
