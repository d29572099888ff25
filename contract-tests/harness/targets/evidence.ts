import { type Complaint, ruleFor } from "../checks/check.ts";
import type { Exchange } from "../checks/finding.ts";
import type { Contract, Operation } from "../contract/contract.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { headerValue } from "../http/header-value.ts";
import { coveringContent, parseMediaType } from "../http/media-type.ts";
import type { Oracle } from "../schema/oracle.ts";
import type { PrismReading } from "./prism-reading.ts";

/** The answer of an exchange, and what is documented of it. */
export interface Answered {
  /** JSON pointer of the documented response that covers the answer, or of all of them. */
  readonly answered: string;
  /** JSON pointer of the schema that the answer is judged by; undefined when there is none. */
  readonly answerSchema: string | undefined;
  /** The answer's body as JSON; undefined when there is none. */
  readonly answer: unknown;
}

/** The same, and where a complaint says that it breaks it. */
export interface AnswerFacts extends Answered {
  /** JSON pointer into `answer`: the place that breaks the schema. */
  readonly instance: string;
}

/** A complaint about an exchange with the mock, and what decides whether it is the mock's own fault. */
export interface Evidence extends AnswerFacts {
  readonly contract: Contract;
  readonly operation: Operation;
  readonly check: string;
  readonly complaint: Complaint;
  /** All that the check has against this exchange. */
  readonly complaints: readonly Complaint[];
  readonly exchange: Exchange;
  readonly oracle: Oracle;
  readonly prism: PrismReading;
}

/** A limit of the mock, with the proof that a complaint has its cause there. */
export interface MockLimit {
  readonly name: string;
  /** One sentence. */
  readonly cause: string;
  readonly fits: (evidence: Evidence) => boolean;
}

/** True when the mock accepted a request that breaks the contract. */
export function isAccepted({ check, exchange }: Pick<Evidence, "check" | "exchange">): boolean {
  const { status = 0 } = exchange.response ?? {};
  return check === "negative-data-rejection" && status >= 200 && status < 400;
}

/** True when the mock refused a request that is valid by the contract. */
export function isRefused({ check, exchange }: Pick<Evidence, "check" | "exchange">): boolean {
  const { status = 0 } = exchange.response ?? {};
  return check === "positive-data-acceptance" && status >= 400 && status < 500;
}

export function isLostConnection({ check, exchange }: Pick<Evidence, "check" | "exchange">): boolean {
  return (
    (check === "response-received" || check === "not-a-server-error") &&
    exchange.failure?.code === "ECONNRESET"
  );
}

/** The place in the answer that breaks the schema: Ajv's messages begin with it, unless it is the whole. */
export function instanceOf({ expected }: Pick<Complaint, "expected">): string {
  return /^(\/.*?) must /.exec(expected)?.[1] ?? "";
}

/** What is documented of an exchange's answer. */
export function answered(operation: Operation, { response }: Exchange): Answered {
  const rule = response && ruleFor(operation, response.status);
  const media = response && parseMediaType(headerValue(response.headers, "content-type") ?? "");
  return {
    answered: rule?.pointer ?? joinPointer(operation.pointer, "responses"),
    answerSchema: rule && media && coveringContent(rule.contents, media)?.schema,
    answer: jsonOf(response?.body),
  };
}

function jsonOf(body: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
