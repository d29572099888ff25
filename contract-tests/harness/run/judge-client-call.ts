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
import { type CheckOutcome, ExchangeJudge } from "./exchange-judge.ts";
import type { PassedExchange, RecordingProxy } from "./recording-proxy.ts";
import type { Session } from "./source.ts";

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

  constructor(session: Session, proxy: RecordingProxy) {
    this.#session = session;
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
    const { status } = planned;
    return {
      exchange,
      sent: passed.length,
      outcomes: [
        { check: "client-request-conformance", complaints: this.#request(operation, passed) },
        { check: "client-answer-conformance", complaints: this.#answer(operation, status, exchange) },
        { check: "client-outcome", complaints: outcomeComplaints(planned, operation, exchange, outcome) },
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

  #answer(operation: Operation, status: number, exchange: Exchange): Complaint[] {
    const { response } = exchange;
    const pointer = joinPointer(operation.pointer, "responses", String(status));
    if (response?.status !== status) {
      return [
        {
          kind: "another-status",
          pointer,
          message: "The mock didn't return the documented response that was requested.",
          expected: String(status),
          actual: String(response?.status ?? exchange.failure?.code ?? "no answer"),
        },
      ];
    }
    const violations = headerValue(response.headers, "sl-violations");
    const told: Complaint[] =
      violations === undefined
        ? []
        : [
            {
              kind: "sl-violations",
              pointer,
              message: "The mock reported a violation.",
              expected: "no sl-violations header",
              actual: violations,
            },
          ];
    return [...told, ...this.#judge.judge(operation, exchange).flatMap(({ complaints }) => complaints)];
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

function outcomeComplaints(
  { status, judgeError }: ClientCall,
  operation: Operation,
  { response }: Exchange,
  outcome: { value: unknown } | { error: unknown },
): Complaint[] {
  const pointer = joinPointer(operation.pointer, "responses", String(status));
  const complaint = (kind: string, expected: string, actual: string): Complaint[] => [
    { kind, pointer, message: "The client's result differs from the response.", expected, actual },
  ];
  if (status < 300) {
    if ("error" in outcome) return complaint("threw", "the response body", describeError(outcome.error));
    const sent = response
      ? JSON.stringify(JSON.parse(new TextDecoder().decode(response.body) || "null"))
      : "nothing";
    const got = JSON.stringify(outcome.value ?? null);
    return sent === got ? [] : complaint("another-value", sent, got);
  }
  if ("value" in outcome) return complaint("resolved", `an error for the status ${status}`, "a value");
  const wrong = judgeError?.(outcome.error);
  return wrong ? complaint("another-error", wrong.expected, wrong.actual) : [];
}

function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
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
