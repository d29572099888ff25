import { createHash } from "node:crypto";
import fc from "fast-check";
import type { Case } from "../cases/case.ts";
import type { CaseOptions } from "../cases/case-collector.ts";
import { type FuzzedCase, fuzzedCases } from "../cases/fuzzing.ts";
import type { Exchange } from "../checks/finding.ts";
import type { Operation } from "../contract/contract.ts";
import type { PathTable } from "../contract/match-operation.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import { messageOf } from "../http/message-of.ts";
import { BeyondBudget } from "../schema/budget.ts";
import type { Oracle } from "../schema/oracle.ts";
import type { RequestParts } from "../wire/request-parts.ts";
import type { RunEvent } from "./events.ts";
import { maxShrinks } from "./limits.ts";
import type { Recorder } from "./recorder.ts";

export interface FuzzOptions {
  readonly oracle: Oracle;
  readonly paths: PathTable;
  readonly operation: Operation;
  readonly base: RequestParts;
  readonly recorder: Recorder;
  readonly exchange: (testCase: Case) => Promise<Exchange | NotJudged>;
  /** Judges an exchange and confirms what is new about it. */
  readonly record: (exchange: Exchange) => AsyncGenerator<RunEvent, void, undefined>;
  readonly caller: Pick<CaseOptions, "headers" | "given">;
  /** Puts in what isn't to be drawn. */
  readonly bind: (parts: RequestParts) => RequestParts;
  readonly seed: number;
  readonly runs: number;
}

/** Sends random valid requests; the first that shows a new fault is shrunk, and only its smallest form is kept. */
export async function* fuzzOperation(options: FuzzOptions): AsyncGenerator<RunEvent, void, undefined> {
  const { oracle, paths, operation, base, recorder, caller, runs } = options;
  if (runs <= 0) return;
  let requests: fc.Arbitrary<FuzzedCase> | undefined;
  try {
    requests = oracle.budget.within(operation.id, () =>
      fuzzedCases(oracle, paths, operation, base, caller, options.bind),
    );
  } catch (error) {
    yield* recorder.tell({
      operation: operation.id,
      reason: `no random requests are generated: ${messageOf(error)}`,
    });
  }
  if (!requests) return;
  const passed: Exchange[] = [];
  const skipped: NotJudged[] = [];
  let smallest: Exchange | undefined;
  let shrinks = 0;
  const budgeted = new Budgeted(requests, oracle, operation.id, () => shrinks < maxShrinks);
  const property = fc.asyncProperty(budgeted, async (testCase) => {
    fc.pre(testCase !== null);
    if (testCase === null) return true; // fc.pre has left already
    if (smallest) shrinks++;
    const exchange = await options.exchange(testCase);
    if ("reason" in exchange) {
      skipped.push(exchange);
      return true;
    }
    try {
      if (recorder.errorsOf(operation, exchange).some((id) => !recorder.knows(id))) {
        smallest = exchange;
        return false;
      }
    } catch (error) {
      // To fast-check, what is thrown is one more fault to shrink.
      skipped.push({
        operation: operation.id,
        reason: `a random request couldn't be judged: ${messageOf(error)}`,
      });
      return true;
    }
    if (!smallest) passed.push(exchange);
    return true;
  });
  let attempts = 0;
  try {
    const parameters = { numRuns: runs, maxSkipsPerRun: 20, endOnFailure: false };
    attempts = (await fc.check(property, { ...parameters, seed: seedOf(options.seed, operation.id) }))
      .numSkips;
  } catch (error) {
    skipped.push({
      operation: operation.id,
      reason: `no further random requests are generated: ${messageOf(error)}`,
    });
  }
  for (const exchange of passed) yield* options.record(exchange);
  if (smallest) yield* options.record(smallest);
  for (const item of skipped) yield* recorder.tell(item);
  if (passed.length === 0 && !smallest && skipped.length === 0) {
    yield* recorder.tell({
      operation: operation.id,
      reason: `no random request could be generated in ${attempts} attempts`,
    });
  }
}

/** Draws within the operation's allowance, and makes a value smaller while that lasts and `mayShrink` says so. */
class Budgeted<Value> extends fc.Arbitrary<Value> {
  readonly values: fc.Arbitrary<Value>;
  readonly oracle: Oracle;
  readonly operation: string;
  readonly mayShrink: () => boolean;

  constructor(values: fc.Arbitrary<Value>, oracle: Oracle, operation: string, mayShrink: () => boolean) {
    super();
    this.values = values;
    this.oracle = oracle;
    this.operation = operation;
    this.mayShrink = mayShrink;
  }

  override generate(random: fc.Random, biasFactor: number | undefined): fc.Value<Value> {
    return this.oracle.budget.within(this.operation, () => this.values.generate(random, biasFactor));
  }

  override canShrinkWithoutContext(value: unknown): value is Value {
    return this.values.canShrinkWithoutContext(value);
  }

  override shrink(value: Value, context: unknown): fc.Stream<fc.Value<Value>> {
    return fc.stream(this.#smaller(this.values.shrink(value, context)));
  }

  *#smaller(values: fc.Stream<fc.Value<Value>>): Generator<fc.Value<Value>, undefined> {
    while (this.mayShrink()) {
      let next: IteratorResult<fc.Value<Value>>;
      try {
        next = this.oracle.budget.within(this.operation, () => values.next());
      } catch (error) {
        if (error instanceof BeyondBudget) return; // the smallest so far will do
        throw error;
      }
      if (next.done) return;
      yield next.value;
    }
  }
}

/** Each operation has a seed of its own, so that a part of the contract sends what the whole would. */
function seedOf(seed: number, operation: string): number {
  return createHash("sha256").update(`${seed} ${operation}`).digest().readInt32LE(0);
}
