import type { Finding } from "../../contract-tests/harness/checks/finding.ts";
import type { Contract, Operation } from "../../contract-tests/harness/contract/contract.ts";
import type { Oracle } from "../../contract-tests/harness/schema/oracle.ts";
import type { PrismReading } from "./prism-reading.ts";

/** Whose fault a finding is. */
export type Blame = "harness" | "mock" | "document";

export interface Evidence {
  readonly contract: Contract;
  readonly operation: Operation;
  readonly finding: Finding;
  /** Every finding of the document. */
  readonly all: readonly Finding[];
  readonly oracle: Oracle;
  readonly prism: PrismReading;
  /** JSON pointer of the documented response that covers the answer, or of all of them. */
  readonly answered: string;
  /** JSON pointer of the schema that the answer is judged by; undefined when there is none. */
  readonly answerSchema: string | undefined;
  /** The answer's body as JSON; undefined when there is none. */
  readonly answer: unknown;
  /** JSON pointer into `answer`: the place that breaks the schema. */
  readonly instance: string;
}

/** A named cause of findings, with the proof that a finding has it. */
export interface Explanation {
  readonly name: string;
  readonly blame: Blame;
  /** One sentence. */
  readonly cause: string;
  readonly fits: (evidence: Evidence) => boolean;
}

/** True when the mock accepted a request that breaks the contract. */
export function isAccepted({ check, exchange }: Finding): boolean {
  const { status = 0 } = exchange.response ?? {};
  return check === "negative-data-rejection" && status >= 200 && status < 400;
}

/** True when the mock refused a request that is valid by the contract. */
export function isRefused({ check, exchange }: Finding): boolean {
  const { status = 0 } = exchange.response ?? {};
  return check === "positive-data-acceptance" && status >= 400 && status < 500;
}

export function isLostConnection({ check, exchange }: Finding): boolean {
  return (
    (check === "response-received" || check === "not-a-server-error") &&
    exchange.failure?.code === "ECONNRESET"
  );
}
