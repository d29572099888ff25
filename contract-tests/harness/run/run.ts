import type { CasePhase } from "../cases/case.ts";
import type { Check } from "../checks/check.ts";
import { checks as allChecks } from "../checks/registry.ts";
import type { Contract, Operation } from "../contract/contract.ts";
import { PathTable } from "../contract/match-operation.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import type { HeaderLine } from "../http/message.ts";
import type { RunEvent, RunHeader } from "./events.ts";
import { fuzzOperation } from "./fuzz-operation.ts";
import { ExchangeJudge } from "./judge-exchange.ts";
import { operationSchemas } from "./operation-schemas.ts";
import { PacedSender } from "./paced-sender.ts";
import { type OperationPlan, type PlanOptions, planOperation } from "./plan-operation.ts";
import { Recorder } from "./recorder.ts";
import { RunMemory } from "./run-memory.ts";
import type { Target } from "./target.ts";

export interface RunOptions {
  readonly contract: Contract;
  /** Stays open: closing it is the caller's business. */
  readonly target: Target;
  /** Default 1. The same seed sends the same requests, byte for byte. */
  readonly seed?: number;
  /** Default: every check of the registry. */
  readonly checks?: readonly Check[];
  /** Default: examples, coverage and fuzzing. */
  readonly phases?: readonly CasePhase[];
  /** Headers sent with every request in place of what a case would send: the caller's credentials. */
  readonly headers?: readonly HeaderLine[];
  /** Milliseconds for each request. Default 10 000. */
  readonly timeoutMs?: number;
  /** Milliseconds above which an answer is too slow. Default 5 000. */
  readonly maxResponseTimeMs?: number;
  /** Statuses that a check accepts in place of its own, by check id. */
  readonly acceptedStatuses?: ReadonlyMap<string, ReadonlySet<number>>;
  /** Let requests that may change something leave this machine. Default false. */
  readonly allowWrites?: boolean;
  readonly maxRequests?: number;
  /** Requests per second. */
  readonly rate?: number;
  /** Random requests per operation. Default 10, for a mock of 50 operations and more 2. */
  readonly fuzzRuns?: number;
  /** How often the first valid request of each operation is sent again, to see whether answers agree. Default 4. */
  readonly repeats?: number;
  /** Most cases per operation; more are told as not judged. Default 300, for a mock of 50 operations and more 16. */
  readonly maxCases?: number;
  /** Judge only the operations of this part: `{ index: 1, count: 2 }` is the first half. */
  readonly shard?: { readonly index: number; readonly count: number };
  readonly signal?: AbortSignal;
  /** Saves compiling and planning again what an earlier run has; none by default. */
  readonly memory?: RunMemory;
  /** Replaces waiting, for tests. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

/** Up to this many operations are planned before the first request, so that the header knows all cases. */
const plannedAhead = 20;

/** Judges a target by a contract, telling what happens as it happens. Never throws for what the target does. */
export async function* run(options: RunOptions): AsyncGenerator<RunEvent, void, undefined> {
  const { contract, target, seed = 1 } = options;
  const live = target.kind !== "prism";
  const chosen = options.checks ?? allChecks;
  const active = chosen.filter((check) => live || check.needsLiveServer !== true);
  const plan = planOptions(options, contract.operations.length);
  const { oracle } = options.memory ?? new RunMemory(contract);
  const paths = new PathTable(contract.operations.map(({ path }) => path));
  const judge = new ExchangeJudge(contract, oracle, active, {
    maxResponseTimeMs: options.maxResponseTimeMs ?? 5_000,
    acceptedStatuses: options.acceptedStatuses ?? new Map(),
  });
  const sender = new PacedSender(target, { ...options, timeoutMs: options.timeoutMs ?? 10_000 });
  const recorder = new Recorder(contract, target, judge, sender, live ? 2 : 0);
  const operations = shardOf(contract.operations, options.shard);
  const startedAt = new Date();
  const start = performance.now();
  let casesPlanned = 0;
  const planned = (operation: Operation): OperationPlan => {
    const known = options.memory?.plans.get(operation.id);
    const made = known ?? planOperation(contract, oracle, paths, operation, plan);
    options.memory?.plans.set(operation.id, made);
    casesPlanned += made.cases.length;
    return made;
  };
  const ahead = new Map(
    operations.length <= plannedAhead ? operations.map((operation) => [operation, planned(operation)]) : [],
  );
  const header = (): RunHeader => ({
    contract: { title: contract.title, file: contract.file, sha256: contract.sha256 },
    target: { kind: target.kind, address: target.address },
    seed,
    schemasCompiled: oracle.compiled.compiled,
    schemasTotal: oracle.compiled.total,
    operations: operations.length,
    casesPlanned,
    startedAt: startedAt.toISOString(),
    checks: active.map(({ id, rule }) => ({ id, summary: rule })),
  });

  yield { type: "run-started", header: header() };
  for (const item of knownBeforehand(contract, chosen, active, live)) yield* recorder.tell(item);
  for (const operation of operations) {
    if (options.signal?.aborted) {
      yield* recorder.tell({ operation: operation.id, reason: "the run was stopped" });
      continue;
    }
    const { cases, notJudged, base, fuzz } = ahead.get(operation) ?? planned(operation);
    yield { type: "operation-started", operation: operation.id, cases: cases.length };
    for (const item of notJudged) yield* recorder.tell(item);
    let repeats = live ? plan.repeats : 0;
    for (const testCase of cases) {
      yield* recorder.play(operation, testCase);
      for (; repeats > 0 && testCase.expectation === "accepted"; repeats--)
        yield* recorder.play(operation, testCase);
    }
    if (fuzz && base)
      yield* fuzzOperation({
        contract,
        oracle,
        paths,
        operation,
        base,
        recorder,
        headers: plan.headers,
        seed,
        runs: plan.fuzzRuns,
      });
    const counts = recorder.countsOf(operation.id);
    if (counts.length === 0)
      yield* recorder.tell({ operation: operation.id, reason: "no exchange of this operation was judged" });
    yield { type: "operation-finished", operation: operation.id, counts };
    ahead.delete(operation);
  }
  // What a shard leaves out is compiled all the same: every shard tells of the schemas of the whole contract.
  for (const operation of contract.operations) {
    if (operations.includes(operation)) continue;
    for (const [pointer, direction] of operationSchemas(operation).schemas)
      oracle.declare(pointer, direction);
  }
  for (const item of oracle.notJudged) yield* recorder.tell(item);
  const { compiled, total } = oracle.compiled;
  yield {
    type: "run-finished",
    header: header(),
    summary: recorder.summary(compiled === total, performance.now() - start),
  };
}

/** The run's options as the plan takes them, defaults filled in. */
export function planOptions(
  options: Pick<RunOptions, "phases" | "headers" | "allowWrites" | "maxCases" | "fuzzRuns" | "repeats"> &
    Pick<PlanOptions, "target">,
  operations: number,
): PlanOptions {
  // A mock says the same of the hundredth operation as of the first: there, breadth is worth more than depth.
  const wide = options.target.kind === "prism" && operations >= 50;
  return {
    target: options.target,
    phases: new Set(options.phases ?? ["examples", "coverage", "fuzzing"]),
    headers: options.headers ?? [],
    allowWrites: options.allowWrites ?? false,
    maxCases: options.maxCases ?? (wide ? 16 : 300),
    fuzzRuns: options.fuzzRuns ?? (wide ? 2 : 10),
    repeats: options.repeats ?? 4,
  };
}

/** The operations of one part of a contract: every `count`-th. */
export function shardOf(operations: readonly Operation[], shard: RunOptions["shard"]): readonly Operation[] {
  return shard ? operations.filter((_, index) => index % shard.count === shard.index - 1) : operations;
}

function* knownBeforehand(
  contract: Contract,
  chosen: readonly Check[],
  active: readonly Check[],
  live: boolean,
): Generator<NotJudged> {
  yield* contract.notJudged;
  for (const { id } of chosen) {
    if (!active.some((check) => check.id === id))
      yield {
        check: id,
        reason: "a static mock can't show it: judge a server that really does something with --target",
      };
  }
  for (const { id } of allChecks)
    if (!chosen.some((check) => check.id === id)) yield { check: id, reason: "turned off for this run" };
  if (!live && contract.securitySchemes.size > 0) {
    yield {
      check: "ignored-auth",
      reason: "a static mock knows no credentials: a wrong one isn't tried, only a missing one",
    };
  }
}
