import type { Case } from "../harness/cases/case.ts";
import type { Complaint } from "../harness/checks/check.ts";
import type { Exchange } from "../harness/checks/finding.ts";
import { checks } from "../harness/checks/registry.ts";
import type { Contract, Operation } from "../harness/contract/contract.ts";
import { joinPointer } from "../harness/contract/json-pointer.ts";
import { PathTable } from "../harness/contract/match-operation.ts";
import { headerValue } from "../harness/http/header-value.ts";
import { ExchangeJudge } from "../harness/run/judge-exchange.ts";
import type { Oracle } from "../harness/schema/oracle.ts";
import type { PassedExchange, RecordingProxy } from "../harness/targets/recording-proxy.ts";
import { judgeRequest } from "../harness/wire/judge-request.ts";

/** A call of the client, still to be made. */
export interface ConsumerCall {
  readonly operation: Operation;
  /** `tokens.singleUse.create with token_type "realtime_scribe", answered 200`. */
  readonly what: string;
  /** The documented status that the mock is asked for. */
  readonly status: number;
  readonly call: () => Promise<unknown>;
}

/** What one rule of the suite has against a call. */
export interface ConsumerOutcome {
  readonly exchange: Exchange;
  readonly complaints: readonly (readonly [check: string, complaints: readonly Complaint[]])[];
}

const answerChecks = new Set([
  "status-code-conformance",
  "content-type-conformance",
  "response-schema-conformance",
  "response-headers-conformance",
  "response-body-integrity",
]);

/** Makes calls through a recording proxy and lets our own oracle judge what was sent, what came back, and what the client made of it. */
export class ConsumerJudge {
  readonly #contract: Contract;
  readonly #oracle: Oracle;
  readonly #paths: PathTable;
  readonly #proxy: RecordingProxy;
  readonly #judge: ExchangeJudge;

  constructor(contract: Contract, oracle: Oracle, proxy: RecordingProxy) {
    this.#contract = contract;
    this.#oracle = oracle;
    this.#proxy = proxy;
    this.#paths = new PathTable(contract.operations.map(({ path }) => path));
    const chosen = checks.filter(({ id }) => answerChecks.has(id));
    this.#judge = new ExchangeJudge(contract, oracle, chosen, {
      maxResponseTimeMs: Number.POSITIVE_INFINITY,
      acceptedStatuses: new Map(),
    });
  }

  async judge(planned: ConsumerCall): Promise<ConsumerOutcome> {
    this.#proxy.take();
    const outcome = await planned.call().then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    const passed = this.#proxy.take();
    const exchange = toExchange(planned, passed);
    return {
      exchange,
      complaints: [
        ["client-request-conformance", this.#request(planned, passed)],
        ["client-answer-conformance", this.#answer(planned, exchange)],
        ["client-outcome", this.#outcome(planned, exchange, outcome)],
      ],
    };
  }

  #request({ operation }: ConsumerCall, passed: readonly PassedExchange[]): Complaint[] {
    const complaint = (
      kind: string,
      pointer: string,
      message: string,
      expected: string,
      actual: string,
    ): Complaint => ({ kind, pointer, message, expected, actual });
    const [only] = passed;
    if (!only || passed.length > 1) {
      return [
        complaint(
          "request-count",
          operation.pointer,
          "A call sends one request.",
          "1 request",
          `${passed.length} requests`,
        ),
      ];
    }
    const judged = judgeRequest(this.#contract, this.#oracle, this.#paths, only.request);
    if (judged.operation !== operation) {
      return [
        complaint(
          "another-operation",
          operation.pointer,
          "The client asked for another operation.",
          operation.id,
          `${only.request.method} ${only.request.path}`,
        ),
      ];
    }
    return judged.violations.map(({ pointer, keyword, message }) =>
      complaint(
        keyword,
        pointer,
        `The client's request breaks the contract: ${message}.`,
        "a request that keeps the contract",
        message,
      ),
    );
  }

  #answer({ operation, status }: ConsumerCall, exchange: Exchange): Complaint[] {
    const { response } = exchange;
    const pointer = joinPointer(operation.pointer, "responses", String(status));
    if (response?.status !== status) {
      return [
        {
          kind: "another-status",
          pointer,
          message: "The mock didn't give the documented answer that it was asked for.",
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
              message: "The mock complains about the exchange.",
              expected: "no sl-violations header",
              actual: violations,
            },
          ];
    return [...told, ...this.#judge.judge(operation, exchange).flatMap(({ complaints }) => complaints)];
  }

  #outcome(
    { operation, status }: ConsumerCall,
    { response }: Exchange,
    outcome: { value: unknown } | { error: unknown },
  ): Complaint[] {
    const pointer = joinPointer(operation.pointer, "responses", String(status));
    const complaint = (kind: string, expected: string, actual: string): Complaint[] => [
      { kind, pointer, message: "The client made something else of the answer.", expected, actual },
    ];
    if (status < 300) {
      if ("error" in outcome)
        return complaint("threw", "the body of the answer", describeError(outcome.error));
      const sent = response
        ? JSON.stringify(JSON.parse(new TextDecoder().decode(response.body) || "null"))
        : "nothing";
      const got = JSON.stringify(outcome.value ?? null);
      return sent === got ? [] : complaint("another-value", sent, got);
    }
    if ("value" in outcome) return complaint("resolved", `an error with statusCode ${status}`, "a value");
    const { error } = outcome;
    const statusCode =
      typeof error === "object" && error !== null && "statusCode" in error ? error.statusCode : undefined;
    if (statusCode !== status)
      return complaint("another-error", `an error with statusCode ${status}`, describeError(error));
    const name = error instanceof Error ? error.name : "";
    const due = status === 422 ? "UnprocessableEntityError" : "ElevenLabsError";
    return name === due ? [] : complaint("another-error", due, name);
  }
}

function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function toExchange({ operation, what, status }: ConsumerCall, passed: readonly PassedExchange[]): Exchange {
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
