import type { Case } from "../cases/case.ts";
import type { Exchange, Finding } from "../checks/finding.ts";
import type { Contract, Operation } from "../contract/contract.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import { carriedSecrets } from "../wire/secrets-of.ts";
import { curlLine } from "./curl-line.ts";
import type { CheckCount, RunEvent, RunSummary } from "./events.ts";
import type { CheckOutcome, ExchangeJudge } from "./judge-exchange.ts";
import { findingId, Ledger, toFinding } from "./ledger.ts";
import { documentedAnswerChecks, isMockOwnError } from "./mock-answer.ts";
import type { PacedSender } from "./paced-sender.ts";
import type { Target } from "./target.ts";

/** Plays cases, judges what comes back and keeps the books, telling each step as an event. */
export class Recorder {
  readonly #ledger = new Ledger();
  readonly #judged = new WeakMap<Exchange, CheckOutcome[]>();
  readonly #contract: Contract;
  readonly #target: Target;
  readonly #judge: ExchangeJudge;
  readonly #sender: PacedSender;
  readonly #confirmations: number;

  /** `confirmations`: how often a request with a new finding is sent again, to see whether the fault stays. */
  constructor(
    contract: Contract,
    target: Target,
    judge: ExchangeJudge,
    sender: PacedSender,
    confirmations: number,
  ) {
    this.#contract = contract;
    this.#target = target;
    this.#judge = judge;
    this.#sender = sender;
    this.#confirmations = confirmations;
  }

  countsOf(operation: string): readonly CheckCount[] {
    return this.#ledger.countsOf(operation);
  }

  /** True when a finding with this id is kept already. */
  knows(id: string): boolean {
    return this.#ledger.has(id);
  }

  *tell(item: NotJudged): Generator<RunEvent, void, undefined> {
    if (this.#ledger.addNotJudged(item)) yield { type: "not-judged", item };
  }

  /** Sends one case; undefined when the target or the limits of the run don't let it through. */
  async exchange(operation: Operation, testCase: Case): Promise<Exchange | NotJudged> {
    const sent = await this.#sender.send(testCase.request);
    if ("exhausted" in sent)
      return { operation: operation.id, reason: "the most requests allowed were sent (--max-requests)" };
    if ("limited" in sent) return { operation: operation.id, reason: sent.limited };
    return { case: testCase, ...sent };
  }

  async *play(operation: Operation, testCase: Case): AsyncGenerator<RunEvent, void, undefined> {
    const exchange = await this.exchange(operation, testCase);
    if ("reason" in exchange) {
      yield* this.tell(exchange);
      return;
    }
    yield* this.record(operation, exchange);
  }

  /**
   * Judges an exchange that has been made, and confirms what is new about it. `address` is the base URL for its curl
   * line: the target's, unless the exchange was recorded elsewhere.
   */
  async *record(
    operation: Operation,
    exchange: Exchange,
    address: string = this.#target.address,
  ): AsyncGenerator<RunEvent, void, undefined> {
    const findings = yield* this.#book(operation, exchange, address);
    const fresh = findings.filter((finding) => finding.severity === "error" && finding.occurrences === 1);
    if (fresh.length === 0) return;
    const missing = new Set<string>();
    for (let again = 0; again < this.#confirmations; again++) {
      const repeat = await this.exchange(operation, exchange.case);
      if ("reason" in repeat) return;
      const seen = new Set((yield* this.#book(operation, repeat, address)).map(({ id }) => id));
      for (const { id } of fresh) if (!seen.has(id)) missing.add(id);
    }
    for (const id of missing) this.#ledger.markIntermittent(id);
  }

  /** The ids of the errors in an exchange, without keeping any: for shrinking. */
  errorsOf(operation: Operation, exchange: Exchange): string[] {
    return this.#outcomes(operation, exchange).flatMap(({ check, complaints }) =>
      complaints
        .filter(({ severity }) => severity !== "warning")
        .map((complaint) => findingId(check, operation.id, complaint)),
    );
  }

  *#book(
    operation: Operation,
    exchange: Exchange,
    address: string,
  ): Generator<RunEvent, Finding[], undefined> {
    const findings: Finding[] = [];
    const notJudged: NotJudged[] = [];
    const curl = curlLine(
      address,
      exchange.case.request,
      carriedSecrets(this.#contract, operation, exchange.case.request),
    );
    for (const { check, complaints, notJudged: reason } of this.#outcomes(operation, exchange)) {
      if (reason !== undefined) {
        notJudged.push({ operation: operation.id, check, reason });
        continue;
      }
      const failed = complaints.some(({ severity }) => severity !== "warning");
      this.#ledger.count(
        operation.id,
        check,
        failed ? "failed" : complaints.length > 0 ? "warned" : "passed",
      );
      const told = new Set<string>();
      for (const complaint of complaints) {
        const finding = toFinding(check, complaint, exchange, this.#contract.line(complaint.pointer), curl);
        if (told.has(finding.id)) continue; // several items of one list break one rule once
        told.add(finding.id);
        findings.push(this.#ledger.add(finding));
      }
    }
    yield { type: "exchange", exchange, findings };
    for (const item of notJudged) yield* this.tell(item);
    return findings;
  }

  /** Judges once: some checks remember what they saw. */
  #outcomes(operation: Operation, exchange: Exchange): CheckOutcome[] {
    const known = this.#judged.get(exchange) ?? this.#judgeAnew(operation, exchange);
    this.#judged.set(exchange, known);
    return known;
  }

  #judgeAnew(operation: Operation, exchange: Exchange): CheckOutcome[] {
    const outcomes = this.#judge.judge(operation, exchange);
    if (this.#target.kind !== "prism" || !exchange.response || !isMockOwnError(exchange.response))
      return outcomes;
    const { status } = exchange.response;
    return outcomes.map((outcome) =>
      documentedAnswerChecks.has(outcome.check)
        ? {
            check: outcome.check,
            complaints: [],
            notJudged: `the contract documents no answer that fits, so the mock made one of its own (${status})`,
          }
        : outcome,
    );
  }

  summary(schemasCompile: boolean, durationMs: number): RunSummary {
    const { counts, findings, notJudged } = this.#ledger;
    const judged = counts.some(({ passed, failed, warned }) => passed + failed + warned > 0);
    const errors = findings.some(({ severity }) => severity === "error");
    return {
      verdict: errors || !schemasCompile ? "does-not-conform" : judged ? "conforms" : "judged-nothing",
      counts,
      findings,
      notJudged,
      requestsSent: this.#sender.sent,
      durationMs,
    };
  }
}
