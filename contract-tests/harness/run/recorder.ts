import type { Exchange, Finding } from "../checks/finding.ts";
import type { Contract, Operation } from "../contract/contract.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import type { HttpRequest } from "../http/message.ts";
import { carriedSecrets } from "../wire/secrets-of.ts";
import { asRecorded, asTold, withoutBody } from "./as-recorded.ts";
import { curlLine } from "./curl-line.ts";
import type { CheckCount, RunEvent, RunSummary, SuccessCount } from "./events.ts";
import type { CheckOutcome, ExchangeJudge } from "./exchange-judge.ts";
import { findingId, Ledger, toFinding } from "./ledger.ts";
import type { MakingSteps } from "./making-steps.ts";
import type { RecordedFinding } from "./recorded-exchange.ts";
import { SuccessLedger } from "./success-ledger.ts";
import type { OwnFaults } from "./target.ts";

/** Most findings of one check on one exchange. */
const mostOfOneCheck = 100;

const noOwnFaults: OwnFaults = (_operation, _exchange, outcomes) => outcomes;

/** Judges exchanges and keeps the books of a run, telling each step as an event. */
export class Recorder {
  readonly #ledger = new Ledger();
  readonly #successes = new SuccessLedger();
  readonly #judged = new WeakMap<Exchange, readonly CheckOutcome[]>();
  readonly #contract: Contract;
  readonly #judge: ExchangeJudge;
  readonly #making: MakingSteps | undefined;
  #ownFaults: OwnFaults;

  /**
   * @param ownFaults what is known from the start of the target's own faults. Default: none
   * @param making tells what has to be sent before a finding's request; undefined: nothing was made that it could need
   */
  constructor(
    contract: Contract,
    judge: ExchangeJudge,
    ownFaults: OwnFaults = noOwnFaults,
    making?: MakingSteps,
  ) {
    this.#contract = contract;
    this.#judge = judge;
    this.#ownFaults = ownFaults;
    this.#making = making;
  }

  countsOf(operation: string): readonly CheckCount[] {
    return this.#ledger.countsOf(operation);
  }

  /** The end of an operation, with what was counted of it. */
  finished(operation: string): RunEvent {
    const success: SuccessCount | undefined = this.#successes.of(operation);
    const counts = this.countsOf(operation);
    return { type: "operation-finished", operation, counts, ...(success ? { success } : {}) };
  }

  /** True when a finding with this id is in the books already. */
  knows(id: string): boolean {
    return this.#ledger.has(id);
  }

  markIntermittent(id: string): void {
    this.#ledger.markIntermittent(id);
  }

  *tell(item: NotJudged): Generator<RunEvent, void, undefined> {
    if (this.#ledger.addNotJudged(item)) yield { type: "not-judged", item };
  }

  /** Judges an exchange by the checks of the run; `address` is the base URL of its curl line. */
  record(
    operation: Operation,
    exchange: Exchange,
    address: string,
  ): Generator<RunEvent, readonly Finding[], undefined> {
    return this.enter(operation, exchange, address, this.#outcomes(operation, exchange));
  }

  /** The same of an exchange that has lost its secrets: `found` when it was whole. */
  recordRedacted(
    operation: Operation,
    exchange: Exchange,
    address: string,
    found: readonly RecordedFinding[],
    told?: readonly RecordedFinding[],
  ): Generator<RunEvent, readonly Finding[], undefined> {
    const outcomes = asRecorded(this.#outcomes(operation, exchange), found, (id) =>
      this.#judge.isOn(operation, id),
    );
    return this.enter(operation, exchange, address, told ? asTold(operation.id, outcomes, told) : outcomes);
  }

  /** The same of an exchange with a target whose own faults were known when it was judged: only what was `told` then. */
  recordTold(
    operation: Operation,
    exchange: Exchange,
    address: string,
    told: readonly RecordedFinding[],
  ): Generator<RunEvent, readonly Finding[], undefined> {
    return this.enter(
      operation,
      exchange,
      address,
      asTold(operation.id, this.#outcomes(operation, exchange), told),
    );
  }

  /** The same of an exchange of which only the beginning of the answer's body was kept. */
  recordCut(
    operation: Operation,
    exchange: Exchange,
    address: string,
  ): Generator<RunEvent, readonly Finding[], undefined> {
    return this.enter(operation, exchange, address, withoutBody(this.#outcomes(operation, exchange)));
  }

  /** Enters what was judged elsewhere: `outcomes`, one for each rule that the exchange was held against. */
  *enter(
    operation: Operation,
    exchange: Exchange,
    address: string,
    outcomes: readonly CheckOutcome[],
  ): Generator<RunEvent, readonly Finding[], undefined> {
    const findings: Finding[] = [];
    const notJudged: NotJudged[] = [];
    const { operation: row, request } = exchange.case;
    this.#successes.count(exchange);
    this.#making?.observe(operation, exchange);
    const curl = this.#curl(operation, request, address);
    for (const { check, complaints, notJudged: reason } of outcomes) {
      if (reason !== undefined) {
        notJudged.push({ operation: row, check, reason });
        continue;
      }
      const failed = complaints.some(({ severity }) => severity !== "warning");
      // What isn't documented is no operation, and a run that saw nothing else has judged nothing.
      if (exchange.case.expectation !== "undocumented")
        this.#ledger.count(row, check, failed ? "failed" : complaints.length > 0 ? "warned" : "passed");
      const told = new Set<string>();
      for (const complaint of complaints) {
        const steps = (complaint.steps ?? []).map((step) => this.#stepCurl(step, address));
        const place = this.#contract.place(complaint.pointer);
        const before = this.#making?.before(complaint.steps ?? [], exchange) ?? complaint.steps ?? [];
        const finding = toFinding(check, complaint, exchange, place, [...steps, curl].join("\n"), before);
        if (told.has(finding.id)) continue; // several items of one list break one rule once
        told.add(finding.id);
        if (told.size > mostOfOneCheck) {
          const reason = `one exchange has more than ${mostOfOneCheck} findings: the rest aren't reported`;
          notJudged.push({ operation: row, check, reason });
          break;
        }
        findings.push(this.#ledger.add(finding));
      }
    }
    yield { type: "exchange", exchange, findings };
    for (const item of notJudged) yield* this.tell(item);
    return findings;
  }

  #curl(operation: Operation, request: HttpRequest, address: string): string {
    return curlLine(address, request, carriedSecrets(this.#contract, operation, request));
  }

  #stepCurl({ case: { operation: id, request } }: Exchange, address: string): string {
    const operation = this.#contract.operations.find((one) => one.id === id);
    // Without its operation nobody could tell which of its headers are secrets.
    return operation ? this.#curl(operation, request, address) : `# ${id}`;
  }

  /** The ids of the errors in an exchange, without entering any: for shrinking. */
  errorsOf(operation: Operation, exchange: Exchange): string[] {
    return this.#outcomes(operation, exchange).flatMap(({ check, complaints }) =>
      complaints
        .filter(({ severity }) => severity !== "warning")
        .map((complaint) => findingId(check, operation.id, complaint)),
    );
  }

  /** Told of what the target alone is to blame for, beyond what is known already. */
  explainBy(ownFaults: OwnFaults): void {
    const known = this.#ownFaults;
    this.#ownFaults = (operation, exchange, outcomes) =>
      ownFaults(operation, exchange, known(operation, exchange, outcomes));
  }

  /** Whether any check has something against it that isn't known to be the target's own fault. */
  complains(operation: Operation, exchange: Exchange): boolean {
    return this.#outcomes(operation, exchange).some(({ complaints }) => complaints.length > 0);
  }

  #outcomes(operation: Operation, exchange: Exchange): readonly CheckOutcome[] {
    return this.#ownFaults(operation, exchange, this.#judgedOnce(operation, exchange));
  }

  /** Judges once: some checks remember what they saw. */
  #judgedOnce(operation: Operation, exchange: Exchange): readonly CheckOutcome[] {
    const known = this.#judged.get(exchange);
    if (known) return known;
    const outcomes = this.#judge.judge(operation, exchange);
    this.#judged.set(exchange, outcomes);
    return outcomes;
  }

  /** How the valid requests of an operation have fared so far. */
  successOf(operation: string): SuccessCount | undefined {
    return this.#successes.of(operation);
  }

  /** @param refused ids of operations whose credential was refused: that their valid requests were says nothing else */
  summary(
    schemasCompile: boolean,
    refused: ReadonlySet<string> = new Set(),
  ): Omit<RunSummary, "requestsSent" | "durationMs"> {
    const { notJudged } = this.#ledger;
    const follows = ({ check, operation }: Pick<CheckCount, "check" | "operation">) =>
      check === "positive-data-acceptance" && refused.has(operation);
    const counts = this.#ledger.counts.filter((count) => !follows(count));
    const findings = this.#ledger
      .findings((operation) => {
        const success = this.#successes.of(operation);
        return success !== undefined && success.tried > 0 && success.succeeded === 0;
      })
      .filter((finding) => !follows(finding));
    const judged =
      counts.some(({ passed, failed, warned }) => passed + failed + warned > 0) &&
      (refused.size === 0 || this.#successes.counts.some(({ succeeded }) => succeeded > 0));
    const errors = findings.some(({ severity }) => severity === "error");
    return {
      verdict: errors || !schemasCompile ? "does-not-conform" : judged ? "conforms" : "judged-nothing",
      counts,
      successes: this.#successes.counts,
      findings,
      notJudged,
    };
  }
}
