import type { Check } from "../checks/check.ts";
import { checks as allChecks } from "../checks/registry.ts";
import type { Operation } from "../contract/contract.ts";
import { PathTable } from "../contract/match-operation.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import { CoverageLedger } from "../coverage/coverage-ledger.ts";
import { assertOptions } from "../http/assert-options.ts";
import { messageOf } from "../http/message-of.ts";
import { type ChosenOperations, chooseOperations } from "./choose-operations.ts";
import { ClientSource } from "./client-source.ts";
import type { RunEvent, RunHeader } from "./events.ts";
import { ExchangeJudge } from "./exchange-judge.ts";
import { LiveSource } from "./live-source.ts";
import { MakingSteps } from "./making-steps.ts";
import { withoutMockErrors } from "./mock-answer.ts";
import { OperationEntries } from "./operation-entry.ts";
import { type OperationPlans, operationPlans } from "./operation-plans.ts";
import type { PlanOptions } from "./plan-operation.ts";
import { ProgramSource } from "./program-source.ts";
import { RecordedSource, type Recording } from "./recorded-source.ts";
import { Recorder } from "./recorder.ts";
import { type RefusedCredential, refusedCredentials } from "./refused-credentials.ts";
import { RequestBudget } from "./request-budget.ts";
import { RunMemory } from "./run-memory.ts";
import { type RunOptions, runOptionKinds } from "./run-options.ts";
import type { Session, Source } from "./source.ts";
import { Stopping } from "./stopping.ts";
import type { TargetCapabilities } from "./target.ts";
import { TrafficSource } from "./traffic-source.ts";
import { TwinOperations } from "./twin-operations.ts";

/**
 * Judges by a contract what a target answers, what a recording contains or what a client sends, and reports events as they
 * happen: first "run-started", last "run-finished" with the verdict. Never throws for what the target does; if a
 * source itself fails, the run ends incomplete, with what is known by then.
 */
export async function* run(options: RunOptions): AsyncGenerator<RunEvent, void, undefined> {
  assertOptions("run", options, runOptionKinds);
  const { contract } = options;
  const startedAt = new Date();
  const start = performance.now();
  const capabilities = options.target?.capabilities ?? capabilitiesOf(options.recording);
  const chosen = options.checks ?? allChecks;
  const active = chosen.filter((check) => canShow(capabilities, check));
  const { oracle } = options.memory ?? new RunMemory(contract);
  oracle.renew();
  const entries = new OperationEntries(contract, options.entries);
  const limits = {
    maxResponseTimeMs: options.maxResponseTimeMs ?? 5_000,
    acceptedStatuses: options.acceptedStatuses ?? new Map(),
    warnedChecks: new Set(options.warnedChecks),
  };
  const judge = new ExchangeJudge(contract, oracle, active, limits, entries);
  const making = capabilities.isStatic ? undefined : new MakingSteps(contract, oracle);
  const session: Session = {
    contract,
    oracle,
    paths: new PathTable(contract.operations.map(({ path }) => path)),
    recorder: new Recorder(contract, judge, capabilities.isStatic ? withoutMockErrors : undefined, making),
    stopping: new Stopping(options.signal, options.maxTimeMs),
    budget: new RequestBudget(options.maxRequests),
  };
  const { recorder } = session;
  const twins = new TwinOperations(contract, oracle);
  recorder.explainBy(twins.excuse);
  const chosenOperations = chooseOperations(contract, options);
  const plans =
    options.target &&
    operationPlans(
      planOptions(options, options.target.capabilities, contract.operations.length),
      oracle,
      entries,
      options,
    );
  const sources = sourcesOf(session, options, active, chosenOperations, entries, plans);
  const covered = options.coverage
    ? new CoverageLedger(contract, oracle, session.paths, chosenOperations.operations)
    : undefined;
  const header = (): RunHeader => {
    const casesPlanned = total(sources.map((source) => source.casesPlanned));
    return {
      contract: { title: contract.title, file: contract.file, sha256: contract.sha256 },
      target: shownTarget(options),
      seed: options.target ? (options.seed ?? 1) : 0,
      schemasCompiled: oracle.compiled.compiled,
      schemasTotal: oracle.compiled.total,
      operations: chosenOperations.operations.length,
      ...(casesPlanned === undefined ? {} : { casesPlanned }),
      startedAt: startedAt.toISOString(),
      checks: active.map(({ id, rule }) => ({ id, summary: rule })),
    };
  };

  for (const source of sources) await source.prepare?.();
  yield { type: "run-started", header: header() };
  for (const item of knownBeforehand(options, chosen, active, capabilities)) yield* recorder.tell(item);
  for (const item of chosenOperations.leftOut) yield* recorder.tell(item);
  for (const item of twins.told()) yield* recorder.tell(item);
  for (const operation of chosenOperations.operations)
    for (const { id } of active)
      if (entries.treatment(operation, id) === "off")
        yield* recorder.tell({ operation: operation.id, check: id, reason: "turned off for this operation" });
  for (const source of sources) {
    try {
      for await (const event of source.play()) {
        yield event;
        if (event.type === "exchange" && covered)
          for (const item of covered.see(event.exchange)) yield* recorder.tell(item);
      }
    } catch (error) {
      session.stopping.giveUp({ by: "failure", reason: `the run failed: ${messageOf(error)}` });
    }
  }
  for (const item of oracle.notJudged) yield* recorder.tell(item);
  const { compiled, total: schemas } = oracle.compiled;
  const refused = refusedIn(session, options, chosenOperations.operations, plans, entries);
  for (const { operations, reason } of refused) {
    session.stopping.giveUp({ by: "target", reason });
    for (const operation of operations)
      yield* recorder.tell({ operation, check: "positive-data-acceptance", reason });
  }
  const { stopped } = session.stopping;
  yield {
    type: "run-finished",
    header: header(),
    summary: {
      ...recorder.summary(
        compiled === schemas,
        new Set(refused.flatMap(({ operations }) => [...operations])),
      ),
      ...(covered ? { coverage: covered.coverage } : {}),
      ...(stopped ? { stopped } : {}),
      requestsSent: sources.reduce((sum, { requestsSent }) => sum + requestsSent, 0),
      durationMs: performance.now() - start,
    },
  };
}

/**
 * Only a server that was there already has credentials of its own, and says by 401 and 403 that these aren't. What our own
 * recording of such a run shows is the same.
 */
function refusedIn(
  { contract, recorder }: Session,
  { target, recording, program, checks = allChecks, acceptedStatuses, warnedChecks = [] }: RunOptions,
  operations: readonly Operation[],
  plans: OperationPlans | undefined,
  entries: OperationEntries,
): readonly RefusedCredential[] {
  const check = "positive-data-acceptance";
  const isRecorded = recording?.maker?.contract === contract.sha256 && recording.maker.target === "url";
  if ((target?.kind !== "url" && !isRecorded) || program || !checks.some(({ id }) => id === check)) return [];
  const isAccepted = acceptedStatuses?.has(check) === true || warnedChecks.includes(check);
  return refusedCredentials(
    contract,
    operations,
    plans,
    (operation) => recorder.successOf(operation),
    (operation) =>
      isAccepted ||
      entries.of(operation).acceptedStatuses?.has(check) === true ||
      entries.treatment(operation, check) !== "as it is",
  );
}

function canShow({ isStatic, isForgetful }: TargetCapabilities, check: Check): boolean {
  if (isStatic && (check.needsLiveServer || check.needsMemory)) return false;
  return !(isForgetful && check.needsMemory);
}

/** A recording was made of something that really did what it says, unless it says that it was a mock. */
function capabilitiesOf(recording: Recording | undefined): TargetCapabilities {
  return { isStatic: recording?.maker?.target === "prism", allowsWrites: false };
}

function sourcesOf(
  session: Session,
  options: RunOptions,
  active: readonly Check[],
  { operations, unskipped }: ChosenOperations,
  entries: OperationEntries,
  plans: OperationPlans | undefined,
): readonly Source[] {
  const { target, recording, traffic, client, program } = options;
  const sources: Source[] = [];
  if (program && target) return [new ProgramSource(session, target, program)];
  if (client && target) sources.push(new ClientSource(session, target, client));
  if (target && plans)
    sources.push(
      new LiveSource(session, {
        ...options,
        target,
        plan: plans,
        entries,
        mayWrite: options.allowWrites === true || target.capabilities.allowsWrites,
        seed: options.seed ?? 1,
        timeoutMs: options.timeoutMs ?? 10_000,
        checks: active,
        operations,
        unskipped,
        ...(options.memory ? { plans: options.memory.plans } : {}),
      }),
    );
  if (traffic) sources.push(new TrafficSource(session, traffic, operations));
  if (recording) sources.push(new RecordedSource(session, recording, operations));
  return sources;
}

function shownTarget({
  target,
  recording,
  traffic,
}: Pick<RunOptions, "target" | "recording" | "traffic">): RunHeader["target"] {
  if (traffic) return { kind: traffic.kind, address: traffic.address };
  return target
    ? { kind: target.kind, address: target.address }
    : { kind: "har", address: recording?.file ?? "" };
}

function total(numbers: readonly (number | undefined)[]): number | undefined {
  return numbers.reduce(
    (sum, number) => (sum === undefined || number === undefined ? undefined : sum + number),
    0,
  );
}

/** The run's options as the plan takes them, defaults filled in. */
export function planOptions(
  options: Pick<RunOptions, "phases" | "headers" | "allowWrites" | "maxCases" | "fuzzRuns" | "repeats">,
  capabilities: TargetCapabilities,
  operations: number,
): PlanOptions {
  // A mock says the same of the hundredth operation as of the first: there, breadth is worth more than depth.
  const wide = capabilities.isStatic && operations >= 50;
  return {
    capabilities,
    phases: new Set(options.phases ?? ["examples", "coverage", "fuzzing"]),
    headers: options.headers ?? [],
    allowWrites: options.allowWrites ?? false,
    maxCases: options.maxCases ?? (wide ? 16 : 300),
    fuzzRuns: options.fuzzRuns ?? (wide ? 2 : 10),
    repeats: options.repeats ?? 4,
  };
}

function* knownBeforehand(
  { contract, target, program, leftOut = [] }: RunOptions,
  chosen: readonly Check[],
  active: readonly Check[],
  { isStatic }: TargetCapabilities,
): Generator<NotJudged> {
  yield* contract.notJudged;
  yield* leftOut;
  for (const reason of target?.limits ?? []) yield { reason };
  if (program) return; // the checks below are of servers
  for (const { id } of chosen) {
    if (!active.some((check) => check.id === id))
      yield {
        check: id,
        reason: isStatic
          ? "a static mock can't show it: judge a real server with --target"
          : "the target stores nothing, so it can't show it",
      };
  }
  for (const { id } of allChecks)
    if (!chosen.some((check) => check.id === id)) yield { check: id, reason: "turned off for this run" };
  if (isStatic && contract.securitySchemes.size > 0) {
    yield {
      check: "ignored-auth",
      reason: "a static mock doesn't check credentials, so only a missing one is tried, not a wrong one",
    };
  }
}
