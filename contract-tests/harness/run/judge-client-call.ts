import type { Case } from "../cases/case.ts";
import type { Complaint } from "../checks/check.ts";
import type { Exchange } from "../checks/finding.ts";
import { checks } from "../checks/registry.ts";
import type { Operation } from "../contract/contract.ts";
import { joinPointer } from "../contract/json-pointer.ts";
import { headerValue } from "../http/header-value.ts";
import type { RequestViolation } from "../wire/deviation.ts";
import { judgeRequest } from "../wire/judge-request.ts";
import type { ClientCall } from "./client-call.ts";
import { outcomeComplaints } from "./client-outcome.ts";
import { type CheckOutcome, ExchangeJudge } from "./exchange-judge.ts";
import type { PassedExchange, RecordingProxy } from "./recording-proxy.ts";
import type { Session } from "./source.ts";
import type { OwnFaults, Target } from "./target.ts";

/** A call that was made, and what each rule says of it. */
export interface JudgedCall {
  readonly exchange: Exchange;
  readonly outcomes: readonly CheckOutcome[];
  /** Requests that the call made. */
  readonly sent: number;
}

const answerChecks = new Set([
  "status-code-conformance",
  "content-type-conformance",
  "response-schema-conformance",
  "response-headers-conformance",
  "response-body-integrity",
]);

/** Makes calls through a recording proxy: the oracle judges what was sent, what came back, and what became of it. */
export class ClientJudge {
  readonly #session: Session;
  readonly #proxy: RecordingProxy;
  readonly #judge: ExchangeJudge;
  readonly #target: Target;
  #ownFaults: Promise<OwnFaults> | undefined;

  constructor(session: Session, target: Target, proxy: RecordingProxy) {
    this.#session = session;
    this.#target = target;
    this.#proxy = proxy;
    const chosen = checks.filter(({ id }) => answerChecks.has(id));
    this.#judge = new ExchangeJudge(session.contract, session.oracle, chosen, {
      maxResponseTimeMs: Number.POSITIVE_INFINITY,
      acceptedStatuses: new Map(),
    });
  }

  async judge(planned: ClientCall, operation: Operation): Promise<JudgedCall> {
    this.#proxy.take();
    const outcome = await planned.call(this.#proxy.address).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    const passed = this.#proxy.take();
    const exchange = toExchange(planned, operation, passed);
    const answer = await this.#answer(operation, planned.status, exchange);
    return {
      exchange,
      sent: passed.length,
      outcomes: [
        { check: "client-request-conformance", complaints: this.#request(operation, passed) },
        { ...answer, check: "client-answer-conformance" },
        answer.notJudged === undefined || answer.isAsked
          ? {
              check: "client-outcome",
              complaints: outcomeComplaints(planned, operation, exchange, outcome),
            }
          : { check: "client-outcome", complaints: [], notJudged: answer.notJudged },
      ],
    };
  }

  #request(operation: Operation, passed: readonly PassedExchange[]): Complaint[] {
    const complaint = (
      kind: string,
      pointer: string,
      message: string,
      expected: string,
      actual: string,
    ): Complaint => ({ kind, pointer, message, expected, actual });
    const { contract, oracle, paths } = this.#session;
    const [only] = passed;
    if (!only || passed.length > 1) {
      return [
        complaint(
          "request-count",
          operation.pointer,
          "A call must send exactly one request.",
          "1 request",
          `${passed.length} requests`,
        ),
      ];
    }
    const judged = judgeRequest(contract, oracle, paths, only.request);
    if (judged.operation !== operation) {
      return [
        complaint(
          "another-operation",
          operation.pointer,
          "The client requested a different operation.",
          operation.id,
          `${only.request.method} ${only.request.path}`,
        ),
      ];
    }
    return judged.violations.map(violationComplaint);
  }

  /** `isAsked`: the mock gave the answer that it was asked for. */
  async #answer(
    operation: Operation,
    status: number,
    exchange: Exchange,
  ): Promise<Omit<CheckOutcome, "check"> & { readonly isAsked: boolean }> {
    const { response } = exchange;
    const pointer = joinPointer(operation.pointer, "responses", String(status));
    const isAsked = response?.status === status;
    const outcomes: CheckOutcome[] = [];
    if (isAsked) {
      const violations = headerValue(response.headers, "sl-violations");
      if (violations !== undefined) {
        const message = "The mock reported a violation.";
        const expected = "no sl-violations header";
        const complaint = { kind: "sl-violations", pointer, message, expected, actual: violations };
        outcomes.push({ check: "client-answer-conformance", complaints: [complaint] });
      }
      outcomes.push(...this.#judge.judge(operation, exchange));
    } else
      outcomes.push({
        // As the same answer to a case of our own is called, by which the mock's own faults are known.
        check: (response?.status ?? 0) >= 500 ? "not-a-server-error" : "positive-data-acceptance",
        complaints: [
          {
            kind: "another-status",
            pointer,
            message: "The mock didn't return the documented response that was requested.",
            expected: String(status),
            actual: String(response?.status ?? exchange.failure?.code ?? "no answer"),
          },
        ],
      });
    const explained = await this.#explained(operation, exchange, outcomes);
    const complaints = explained.flatMap((outcome) => outcome.complaints);
    const notJudged = explained.find((outcome) => outcome.notJudged !== undefined)?.notJudged;
    return { isAsked, complaints, ...(complaints.length === 0 && notJudged ? { notJudged } : {}) };
  }

  /** Without what the mock alone is to blame for. */
  async #explained(
    operation: Operation,
    exchange: Exchange,
    outcomes: readonly CheckOutcome[],
  ): Promise<readonly CheckOutcome[]> {
    const { ownFaults } = this.#target;
    if (!ownFaults || outcomes.every(({ complaints }) => complaints.length === 0)) return outcomes;
    this.#ownFaults ??= ownFaults(this.#session.oracle);
    return (await this.#ownFaults)(operation, exchange, outcomes);
  }
}

/** What a client's request breaks, as a complaint. */
export function violationComplaint({ pointer, keyword, message, at }: RequestViolation): Complaint {
  return {
    kind: keyword,
    pointer,
    message: `The client's request violates the contract: ${message}.`,
    expected: "a request that conforms to the contract",
    actual: message,
    ...(at ? { at } : {}),
  };
}

function toExchange(
  { what, status }: ClientCall,
  operation: Operation,
  passed: readonly PassedExchange[],
): Exchange {
  const [first] = passed;
  const request = first?.request ?? { method: operation.method, path: operation.path, headers: [] };
  const planned: Case = {
    id: what,
    operation: `client › ${operation.id}`,
    phase: "examples",
    expectation: status < 400 ? "accepted" : "rejected",
    request,
  };
  return {
    case: planned,
    ...(first?.result ?? { failure: { code: "NOT_SENT", message: "the client sent nothing" } }),
  };
}
