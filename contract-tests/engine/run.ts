import type { CaseOptions } from "../cases/case-collector.ts";
import { operationCases } from "../cases/operation-cases.ts";
import type { Check } from "../checks/check.ts";
import { checks as allChecks } from "../checks/registry.ts";
import type { Contract, Operation } from "../contract/contract.ts";
import { PathTable } from "../contract/match-operation.ts";
import { Oracle } from "../oracle/oracle.ts";
import type { Target } from "../targets/target.ts";
import { fuzzOperation } from "./fuzz-operation.ts";
import { ExchangeJudge } from "./judge-exchange.ts";
import { isLoopback, isSafe } from "./loopback.ts";
import type { Case, CasePhase, HeaderLine, NotJudged, RunEvent, RunHeader } from "./model.ts";
import { operationSchemas } from "./operation-schemas.ts";
import { PacedSender, type SenderOptions } from "./paced-sender.ts";
import { Recorder } from "./recorder.ts";

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
  /** Random requests per operation. Default 10. */
  readonly fuzzRuns?: number;
  /** How often the first valid request of each operation is sent again, to see whether answers agree. Default 4. */
  readonly repeats?: number;
  /** Most cases per operation; more are told as not judged. Default 300. */
  readonly maxCases?: number;
  /** Judge only the operations of this part: `{ index: 1, count: 2 }` is the first half. */
  readonly shard?: { readonly index: number; readonly count: number };
  readonly signal?: AbortSignal;
  /** One that has judged by this contract before saves compiling its schemas again; a new one by default. */
  readonly oracle?: Oracle;
  readonly wait?: SenderOptions["wait"];
}

const defaultPhases: readonly CasePhase[] = ["examples", "coverage", "fuzzing"];

/** Judges a target by a contract, telling what happens as it happens. Never throws for what the target does. */
export async function* run(options: RunOptions): AsyncGenerator<RunEvent, void, undefined> {
  const { contract, target } = options;
  const live = target.kind !== "prism";
  const chosen = options.checks ?? allChecks;
  const active = chosen.filter((check) => live || check.needsLiveServer !== true);
  const oracle = options.oracle ?? new Oracle(contract);
  const paths = new PathTable(contract.operations.map(({ path }) => path));
  const judge = new ExchangeJudge(contract, oracle, active, {
    maxResponseTimeMs: options.maxResponseTimeMs ?? 5_000,
    acceptedStatuses: options.acceptedStatuses ?? new Map(),
  });
  const sender = new PacedSender(target, {
    timeoutMs: options.timeoutMs ?? 10_000,
    ...(options.rate === undefined ? {} : { rate: options.rate }),
    ...(options.maxRequests === undefined ? {} : { maxRequests: options.maxRequests }),
    ...(options.signal ? { signal: options.signal } : {}),
    ...(options.wait ? { wait: options.wait } : {}),
  });
  const recorder = new Recorder(contract, target, judge, sender, live ? 2 : 0);
  const operations = shardOf(contract.operations, options.shard);
  const startedAt = performance.now();
  const phases = new Set(options.phases ?? defaultPhases);
  const caseOptions: CaseOptions = { headers: options.headers ?? [], phases };
  let planned = 0;
  const header = (): RunHeader => ({
    contract: { title: contract.title, file: contract.file, sha256: contract.sha256 },
    target: { kind: target.kind, address: target.address },
    seed: options.seed ?? 1,
    schemasCompiled: oracle.compiled.compiled,
    schemasTotal: oracle.compiled.total,
    operations: operations.length,
    casesPlanned: planned,
    startedAt: new Date(Date.now() - (performance.now() - startedAt)).toISOString(),
    checks: active.map(({ id, rule }) => ({ id, summary: rule })),
  });

  // A small contract is planned whole, so that its plan is known from the start; a large one goes on as it is sent.
  const plans = new Map<Operation, ReturnType<typeof planOperation>>();
  const plan = (operation: Operation) => {
    const known = plans.get(operation) ?? planOperation(operation);
    plans.delete(operation);
    return known;
  };
  const planOperation = (operation: Operation) => {
    const { schemas, notJudged } = operationSchemas(operation);
    const problems: NotJudged[] = [...notJudged];
    for (const [pointer, direction] of schemas) {
      const problem = oracle.declare(pointer, direction);
      if (problem !== undefined) problems.push({ operation: operation.id, pointer, reason: problem });
    }
    const made = operationCases(contract, oracle, paths, operation, caseOptions);
    const selected = selectCases(made.cases, operation, options);
    planned += selected.cases.length;
    return {
      ...made,
      cases: selected.cases,
      notJudged: [...problems, ...made.notJudged, ...selected.notJudged],
    };
  };
  if (operations.length <= 20)
    for (const operation of operations) plans.set(operation, planOperation(operation));

  yield { type: "run-started", header: header() };
  const beforehand: NotJudged[] = [
    ...contract.notJudged,
    ...chosen
      .filter((check) => !active.includes(check))
      .map((check) => ({
        check: check.id,
        reason: "a static mock can't show it: judge a server that really does something with --target",
      })),
    ...allChecks
      .filter((check) => !chosen.some(({ id }) => id === check.id))
      .map((check) => ({ check: check.id, reason: "turned off for this run" })),
    ...(live
      ? []
      : [
          {
            check: "ignored-auth",
            reason:
              "a static mock knows no credentials: a wrong one can't be told from a right one, only a missing one",
          },
        ].filter(() => contract.securitySchemes.size > 0)),
  ];
  for (const item of beforehand) yield* recorder.tell(item);

  for (const operation of operations) {
    if (options.signal?.aborted) {
      yield* recorder.tell({ operation: operation.id, reason: "the run was stopped" });
      continue;
    }
    const { cases, notJudged, base } = plan(operation);
    yield { type: "operation-started", operation: operation.id, cases: cases.length };
    for (const item of notJudged) yield* recorder.tell(item);
    let repeated = !live;
    for (const testCase of cases) {
      yield* recorder.play(operation, testCase);
      if (repeated || testCase.expectation !== "accepted") continue;
      repeated = true;
      for (let again = 0; again < (options.repeats ?? 4); again++) yield* recorder.play(operation, testCase);
    }
    if (phases.has("fuzzing") && base && mayBeSent(operation.method, options)) {
      yield* fuzzOperation({
        contract,
        oracle,
        paths,
        operation,
        base,
        recorder,
        headers: caseOptions.headers,
        seed: options.seed ?? 1,
        runs: options.fuzzRuns ?? 10,
      });
    }
    if (recorder.countsOf(operation.id).length === 0)
      yield* recorder.tell({ operation: operation.id, reason: "no exchange of this operation was judged" });
    yield { type: "operation-finished", operation: operation.id, counts: recorder.countsOf(operation.id) };
  }
  for (const item of oracle.notJudged) yield* recorder.tell(item);
  const { compiled, total } = oracle.compiled;
  yield {
    type: "run-finished",
    header: header(),
    summary: recorder.summary(compiled === total, performance.now() - startedAt),
  };
}

function shardOf(operations: readonly Operation[], shard: RunOptions["shard"]): readonly Operation[] {
  return shard ? operations.filter((_, index) => index % shard.count === shard.index - 1) : operations;
}

function mayBeSent(method: string, { target, allowWrites }: RunOptions): boolean {
  return isSafe(method) || allowWrites === true || isLoopback(target.address);
}

function selectCases(
  cases: readonly Case[],
  operation: Operation,
  options: RunOptions,
): { cases: readonly Case[]; notJudged: readonly NotJudged[] } {
  const notJudged: NotJudged[] = [];
  let selected =
    options.target.kind === "prism"
      ? cases.filter((c) => !(c.deviation?.in === "security" && c.deviation.name === "wrong"))
      : cases;
  const sendable = selected.filter(({ request }) => mayBeSent(request.method, options));
  if (sendable.length < selected.length) {
    notJudged.push({
      operation: operation.id,
      reason: `${selected.length - sendable.length} cases may change something on a server that isn't on this machine: they need --allow-writes`,
    });
  }
  selected = sendable;
  const most = options.maxCases ?? 300;
  if (selected.length > most) {
    notJudged.push({
      operation: operation.id,
      reason: `${selected.length - most} of ${selected.length} cases are above the limit of ${most} for each operation (--max-cases)`,
    });
    selected = spread(selected, most);
  }
  return { cases: selected, notJudged };
}

/** `most` of the cases, evenly spread, so that no part of the operation goes without. */
function spread(cases: readonly Case[], most: number): Case[] {
  return cases.filter(
    (_, index) =>
      Math.floor((index * most) / cases.length) !== Math.floor(((index - 1) * most) / cases.length),
  );
}
