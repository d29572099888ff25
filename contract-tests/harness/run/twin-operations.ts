import { checks } from "../checks/registry.ts";
import type { Contract, Operation } from "../contract/contract.ts";
import { PathTable, shapeOf } from "../contract/match-operation.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import type { Oracle } from "../schema/oracle.ts";
import { judgeRequest } from "../wire/judge-request.ts";
import { type CheckOutcome, ExchangeJudge } from "./exchange-judge.ts";
import type { OwnFaults } from "./target.ts";

/** Checks that hold an answer against what its operation documents, and remember nothing. */
const answerChecks = checks.filter(({ id }) =>
  /^(status-code|content-type|response-schema|response-headers)-conformance$/.test(id),
);

/** Checks that hold an answer against what was sent. */
const requestChecks =
  /^(positive-data-acceptance|negative-data-rejection|missing-required-header|ignored-auth)$/;

const limits = {
  maxResponseTimeMs: Number.POSITIVE_INFINITY,
  acceptedStatuses: new Map(),
  warnedChecks: new Set<string>(),
};

/**
 * Operations whose requests nobody can tell apart: `/a#x` and `/a#y` are both asked for as `/a` (RFC 9110, section 7.1: a
 * target has no fragment), and `/a/{x}` and `/a/{y}` "are considered identical and invalid" (OpenAPI 3.1, section 4.8.8).
 * An answer that one of them documents is documented, and what one of them takes may be accepted.
 */
export class TwinOperations {
  readonly #twins: ReadonlyMap<Operation, readonly Operation[]>;
  readonly #contract: Contract;
  readonly #oracle: Oracle;

  constructor(contract: Contract, oracle: Oracle) {
    this.#contract = contract;
    this.#oracle = oracle;
    const byRequest = new Map<string, Operation[]>();
    for (const operation of contract.operations) {
      const key = `${operation.method} ${shapeOf(operation.path)}`;
      byRequest.set(key, [...(byRequest.get(key) ?? []), operation]);
    }
    this.#twins = new Map(
      [...byRequest.values()].flatMap((all) =>
        all.map((one) => [one, all.filter((other) => other !== one)] as const),
      ),
    );
  }

  /** Which operations can't be told apart. */
  *told(): Generator<NotJudged> {
    for (const [{ id, pointer }, twins] of this.#twins)
      if (twins.length > 0)
        yield {
          operation: id,
          pointer,
          reason: `its requests are also those of ${twins.map((twin) => twin.id).join(" and ")}: what one of them documents counts for all`,
        };
  }

  /** What a twin documents isn't held against an operation. */
  readonly excuse: OwnFaults = (operation, exchange, outcomes) => {
    const twins = this.#twins.get(operation) ?? [];
    if (twins.length === 0 || outcomes.every(({ complaints }) => complaints.length === 0)) return outcomes;
    const fitting = twins.find((twin) => this.#conforms(twin, exchange));
    const { expectation, deviation, request } = exchange.case;
    const otherwise = twins.find((twin) => {
      const contract = { ...this.#contract, operations: [twin] };
      const judged = judgeRequest(contract, this.#oracle, new PathTable([twin.path]), request);
      const kinds = judged.violations.filter(
        ({ in: place }) => deviation?.in !== "security" || place === "security",
      );
      return (kinds.length === 0) !== (expectation === "accepted");
    });
    return outcomes.map((outcome): CheckOutcome => {
      const twin = answerChecks.some(({ id }) => id === outcome.check)
        ? fitting
        : requestChecks.test(outcome.check)
          ? otherwise
          : undefined;
      if (outcome.complaints.length === 0 || !twin) return outcome;
      const notJudged = `by ${twin.id}, which has the same requests, it is right`;
      return { check: outcome.check, complaints: [], notJudged };
    });
  };

  #conforms(twin: Operation, exchange: Parameters<OwnFaults>[1]): boolean {
    const judge = new ExchangeJudge(this.#contract, this.#oracle, answerChecks, limits);
    return judge.judge(twin, exchange).every(({ complaints }) => complaints.length === 0);
  }
}
