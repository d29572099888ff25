import { setImmediate } from "node:timers/promises";
import type { Case } from "../cases/case.ts";
import { type GivenValues, withGivenValues } from "../cases/named-values.ts";
import type { Check } from "../checks/check.ts";
import type { Exchange } from "../checks/finding.ts";
import type { Operation } from "../contract/contract.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import { messageOf } from "../http/message-of.ts";
import { batches } from "./batches.ts";
import { CaseSender, type CaseSenderOptions } from "./case-sender.ts";
import type { RunEvent, SuccessCount } from "./events.ts";
import { FreshThings, undecided } from "./fresh-things.ts";
import { fuzzOperation } from "./fuzz-operation.ts";
import { confirmations, plannedAhead } from "./limits.ts";
import type { OperationPlans } from "./operation-plans.ts";
import { schemaGaps } from "./operation-schemas.ts";
import { type OperationPlan, planOperation, withProbes } from "./plan-operation.ts";
import { SequencePlayer } from "./sequence-player.ts";
import type { Session, Source } from "./source.ts";

export interface LiveOptions extends CaseSenderOptions {
  readonly plan: OperationPlans;
  /** How many requests that change nothing may be under way at a time. Default 1. */
  readonly workers?: number;
  /** Requests that change something may be sent. */
  readonly mayWrite: boolean;
  readonly seed: number;
  /** The checks that are on: they may ask for probes. */
  readonly checks: readonly Check[];
  readonly operations: readonly Operation[];
  /** Those that sequences may make use of as well: all that the caller's filters leave. */
  readonly unskipped: readonly Operation[];
  /** Plans of an earlier run on the same contract, by operation id. */
  readonly plans?: Map<string, OperationPlan>;
}

/** Derives cases from the contract, sends them to a target, and confirms what is new about the answers. */
export class LiveSource implements Source {
  readonly #session: Session;
  readonly #options: LiveOptions;
  readonly #sender: CaseSender;
  #ownFaults: Promise<void> | undefined;
  /** Undefined where nothing that is made can be found again. */
  readonly #sequences: SequencePlayer | undefined;
  readonly #fresh: FreshThings | undefined;
  readonly #ahead = new Map<Operation, OperationPlan>();
  #planned = 0;
  #casesPlanned = 0;

  constructor(session: Session, options: LiveOptions) {
    this.#session = session;
    this.#options = options;
    this.#sender = new CaseSender(session, options);
    this.#sequences = this.#sequencePlayer();
    this.#fresh = this.#sequences && new FreshThings(this.#sequences.maker);
  }

  async prepare(): Promise<void> {
    const { contract, oracle, stopping } = this.#session;
    const { operations } = this.#options;
    // What a shard leaves out is compiled all the same: every shard tells of the schemas of the whole contract.
    for (const operation of contract.operations) {
      if (stopping.stopped) return;
      schemaGaps(oracle, operation);
      await setImmediate(); // an interruption is to be heard
    }
    if (operations.length > plannedAhead) return;
    for (const operation of operations) {
      if (stopping.stopped) return;
      this.#ahead.set(operation, this.#plan(operation));
      await setImmediate();
    }
  }

  get casesPlanned(): number | undefined {
    return this.#planned === this.#options.operations.length ? this.#casesPlanned : undefined;
  }

  get requestsSent(): number {
    return this.#sender.sent;
  }

  async *play(): AsyncGenerator<RunEvent, void, undefined> {
    const { recorder, stopping } = this.#session;
    yield* this.#sequences?.play(this.#options.operations) ?? [];
    this.#sender.nextOperation();
    for (const operation of this.#inOrder()) {
      if (stopping.stopped)
        yield* recorder.tell({ operation: operation.id, reason: stopping.stopped.reason });
      else yield* this.#operation(operation, this.#ahead.get(operation) ?? this.#plan(operation));
      this.#ahead.delete(operation);
    }
    yield* this.#sequences?.cleanUp() ?? [];
    if (this.#options.target.capabilities.isStatic) return;
    for (const { id } of this.#options.operations) {
      const reason = seldomAccepted(recorder.successOf(id));
      if (reason !== undefined) yield* recorder.tell({ operation: id, reason });
    }
  }

  /** What the caller has named is deleted last: others need it. */
  #inOrder(): readonly Operation[] {
    const { operations, plan } = this.#options;
    const deletes = (operation: Operation) =>
      operation.method === "DELETE" &&
      operation.parameters.some((one) => one.in === "path" && plan(operation).given?.parameters.has(one));
    return [...operations.filter((one) => !deletes(one)), ...operations.filter(deletes)];
  }

  async *#operation(operation: Operation, plan: OperationPlan): AsyncGenerator<RunEvent, void, undefined> {
    const { recorder } = this.#session;
    const { cases, notJudged, base, fuzz, parts } = plan;
    const failed: NotJudged[] = [];
    const sent = withProbes(cases, this.#options.checks, this.#options.plan(operation), (check, reason) =>
      failed.push({ operation: operation.id, check, reason }),
    );
    yield { type: "operation-started", operation: operation.id, cases: cases.length };
    for (const item of [...notJudged, ...failed]) yield* recorder.tell(item);
    const maker = this.#sequences?.maker;
    // Which requests a limit leaves depends on what is confirmed in between: one after the other, it is always the same.
    const workers = this.#session.budget.isLimited ? 1 : (this.#options.workers ?? 1);
    for (const batch of batches(sent, workers)) {
      for (let rest = batch; rest.length > 0; ) {
        const wanted: Case[] = [];
        for (const testCase of rest) {
          rest = rest.slice(1);
          const own = parts.get(testCase.id);
          const bound = maker && own && base ? yield* maker.bound(operation, testCase, own, base) : testCase;
          if (bound) wanted.push(bound);
          // What the next one is about depends on whether this one finds its thing.
          if (bound && maker?.things.isUnsure(bound.request.path)) break;
        }
        // Judged in their order, whoever comes first. One that may change something is alone.
        const [only] = wanted;
        const exchanges =
          only && wanted.length === 1
            ? [yield* this.#tried(operation, only)]
            : await Promise.all(wanted.map((one) => this.#exchange(operation, one)));
        for (const exchange of exchanges)
          if ("reason" in exchange) yield* recorder.tell(exchange);
          else yield* this.#record(operation, exchange);
      }
    }
    if (fuzz && base) {
      const given = yield* maker?.given(operation) ?? noValues();
      const { seed } = this.#options;
      const own = this.#options.plan(operation);
      const told: RunEvent[] = [];
      const record = (exchange: Exchange) => this.#record(operation, exchange);
      yield* fuzzOperation({
        ...this.#session,
        operation,
        base,
        caller: own,
        bind: (drawn) => withGivenValues(this.#session.oracle, operation, drawn, drawn, given),
        seed,
        runs: own.fuzzRuns,
        exchange: async (testCase) => {
          const exchange = await resultOf(this.#tried(operation, testCase), told);
          if (!("reason" in exchange)) await this.#learnOwnFaults(operation, exchange);
          return exchange;
        },
        record: async function* (exchange) {
          yield* told.splice(0);
          yield* record(exchange);
        },
      });
      yield* told;
    }
    this.#sender.nextOperation();
    const counts = recorder.countsOf(operation.id);
    if (counts.length === 0)
      yield* recorder.tell({ operation: operation.id, reason: "no exchange of this operation was judged" });
    yield recorder.finished(operation.id);
  }

  #sequencePlayer(): SequencePlayer | undefined {
    const { plan, target, unskipped, operations, mayWrite } = this.#options;
    const { isStatic, isForgetful } = target.capabilities;
    const isCovered = operations.some((operation) => plan(operation).phases.has("coverage"));
    if (isStatic || isForgetful || !isCovered) return undefined;
    return new SequencePlayer({
      ...this.#session,
      contract: { ...this.#session.contract, operations: unskipped },
      plan,
      mayWrite,
      play: (operation, testCase) => this.#playCase(operation, testCase),
    });
  }

  #plan(operation: Operation): OperationPlan {
    const { contract, oracle, paths } = this.#session;
    const { plans, plan } = this.#options;
    const known = plans?.get(operation.id);
    const made = known ?? planOperation(contract, oracle, paths, operation, plan(operation));
    plans?.set(operation.id, made);
    this.#planned++;
    this.#casesPlanned += made.cases.length;
    return made;
  }

  async *#playCase(operation: Operation, testCase: Case): AsyncGenerator<RunEvent, Exchange | undefined> {
    const exchange = await this.#exchange(operation, testCase);
    if ("reason" in exchange) {
      yield* this.#session.recorder.tell(exchange);
      return undefined;
    }
    yield* this.#record(operation, exchange);
    return exchange;
  }

  /**
   * Sends a case; again on another thing where the answer may be due to what has become of the one that it names. What the
   * first answer says of the request, nobody can tell then.
   */
  async *#tried(
    operation: Operation,
    testCase: Case,
  ): AsyncGenerator<RunEvent, Exchange | NotJudged, undefined> {
    const fresh = this.#fresh;
    if (!fresh) return this.#exchange(operation, testCase);
    const isOwn = fresh.isUsedUp(operation) && testCase.expectation === "accepted";
    const own = isOwn ? yield* fresh.another(operation, testCase) : undefined;
    const exchange = await this.#exchange(operation, own ?? testCase);
    if (own || "reason" in exchange || !fresh.mayBeOfState(exchange)) return exchange;
    const other = yield* fresh.another(operation, exchange.case);
    const again = other && (await this.#exchange(operation, other));
    if (!again || "reason" in again) return exchange;
    fresh.learn(operation, again);
    yield* this.#record(operation, fresh.mayBeOfState(again) ? exchange : undecided(exchange));
    return again;
  }

  /** Sends one case, and learns of what it made; the reason when it can't be sent or read. */
  async #exchange(operation: Operation, testCase: Case): Promise<Exchange | NotJudged> {
    const exchange = await this.#sender.exchange(operation, testCase);
    if ("reason" in exchange) return exchange;
    try {
      this.#sequences?.maker.things.observe(operation, exchange);
    } catch (error) {
      return {
        operation: operation.id,
        reason: `the response to ${testCase.id} couldn't be read: ${messageOf(error)}`,
      };
    }
    return exchange;
  }

  /** Before the first complaint is told: most runs have none, and needn't load what tells them apart. */
  async #learnOwnFaults(operation: Operation, exchange: Exchange): Promise<void> {
    const { recorder, oracle } = this.#session;
    const { ownFaults } = this.#options.target;
    if (!ownFaults || !recorder.complains(operation, exchange)) return;
    this.#ownFaults ??= ownFaults(oracle).then((known) => recorder.explainBy(known));
    await this.#ownFaults;
  }

  /** Judges an exchange, and repeats what is new about it. */
  async *#record(operation: Operation, exchange: Exchange): AsyncGenerator<RunEvent, void, undefined> {
    const { recorder } = this.#session;
    const { address, capabilities } = this.#options.target;
    await this.#learnOwnFaults(operation, exchange);
    const findings = yield* recorder.record(operation, exchange, address);
    const fresh = findings.filter(({ severity, occurrences }) => severity === "error" && occurrences === 1);
    if (fresh.length === 0 || capabilities.isStatic) return;
    const missing = new Set<string>();
    for (let again = 0; again < confirmations; again++) {
      const repeat = yield* this.#repeated(operation, exchange);
      if (repeat === undefined) continue;
      if ("reason" in repeat) return yield* recorder.tell(repeat);
      const seen = new Set((yield* recorder.record(operation, repeat, address)).map(({ id }) => id));
      for (const { id } of fresh) if (!seen.has(id)) missing.add(id);
    }
    for (const id of missing) recorder.markIntermittent(id);
  }

  /**
   * Sends a request again. Where it has deleted or used up its thing, another one takes the thing's place; undefined where
   * there is none, so that the answer says nothing of the first one.
   */
  async *#repeated(
    operation: Operation,
    exchange: Exchange,
  ): AsyncGenerator<RunEvent, Exchange | NotJudged | undefined, undefined> {
    const { recorder } = this.#session;
    const fresh = this.#fresh;
    const isGone = exchange.case.request.method === "DELETE" && (exchange.response?.status ?? 0) < 400;
    if (!isGone || !fresh) {
      const repeat = await this.#exchange(operation, exchange.case);
      const isOfState = fresh && !("reason" in repeat) && fresh.mayBeOfState(repeat);
      if (!isOfState || repeat.response?.status === exchange.response?.status) return repeat;
      yield* recorder.record(operation, undecided(repeat), this.#options.target.address);
    }
    const other = yield* fresh?.another(operation, exchange.case) ?? nothing();
    return other && this.#exchange(operation, other);
  }
}

/** An operation whose valid requests mostly failed was judged by less than it looks like. */
function seldomAccepted(success: SuccessCount | undefined): string | undefined {
  const { tried = 0, succeeded = 0, instead = {} } = success ?? {};
  if (succeeded === 0 || succeeded * 2 >= tried) return undefined;
  const others = Object.entries(instead).map(([status, count]) => `${status} × ${count}`);
  return `only ${succeeded} of ${tried} valid requests succeeded (${others.join(", ")})`;
}

/** Nothing is made where no request has an effect. */
// biome-ignore lint/correctness/useYield: what it stands for makes things, and tells of them
async function* nothing(): AsyncGenerator<RunEvent, undefined> {
  return undefined;
}

/** What a generator comes to; what it tells on the way is put by. */
async function resultOf<Result>(steps: AsyncGenerator<RunEvent, Result>, told: RunEvent[]): Promise<Result> {
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
    told.push(step.value);
  }
}

// biome-ignore lint/correctness/useYield: what it stands for makes things, and tells of them
async function* noValues(): AsyncGenerator<RunEvent, GivenValues> {
  return { path: new Map(), named: new Map() };
}
