import { ruleFor } from "../../contract-tests/harness/checks/check.ts";
import type { Finding } from "../../contract-tests/harness/checks/finding.ts";
import type { Contract } from "../../contract-tests/harness/contract/contract.ts";
import { joinPointer } from "../../contract-tests/harness/contract/json-pointer.ts";
import { headerValue } from "../../contract-tests/harness/http/header-value.ts";
import { coveringContent, parseMediaType } from "../../contract-tests/harness/http/media-type.ts";
import { Oracle } from "../../contract-tests/harness/schema/oracle.ts";
import type { Evidence, Explanation } from "./evidence.ts";
import { explanations, instanceOf } from "./explanations.ts";
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
  const oracle = new Oracle(contract);
  const prism = await PrismReading.of(contract.file);
  return findings.map((finding) => {
    const evidence = evidenceOf({ contract, finding, all: findings, oracle, prism });
    return { finding, explanation: evidence && explanations.find(({ fits }) => fits(evidence)) };
  });
}

function evidenceOf(
  known: Pick<Evidence, "contract" | "finding" | "all" | "oracle" | "prism">,
): Evidence | undefined {
  const { contract, finding } = known;
  const operation = contract.operations.find(({ id }) => id === finding.operation);
  if (operation === undefined) return undefined;
  const { response } = finding.exchange;
  const rule = response && ruleFor(operation, response.status);
  const media = response && parseMediaType(headerValue(response.headers, "content-type") ?? "");
  return {
    ...known,
    operation,
    answered: rule?.pointer ?? joinPointer(operation.pointer, "responses"),
    answerSchema: rule && media && coveringContent(rule.contents, media)?.schema,
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
