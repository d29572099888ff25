import type { Case, Expectation } from "../cases/case.ts";
import type { Check } from "../checks/check.ts";
import { checks as allChecks } from "../checks/registry.ts";
import type { Contract, Operation } from "../contract/contract.ts";
import { listOr, objectOr } from "../contract/json-object.ts";
import { PathTable } from "../contract/match-operation.ts";
import type { HttpRequest } from "../http/message.ts";
import { Oracle } from "../schema/oracle.ts";
import type { Deviation } from "../wire/deviation.ts";
import { type JudgedRequest, judgeRequest } from "../wire/judge-request.ts";
import type { RunEvent, RunHeader } from "./events.ts";
import { ExchangeJudge } from "./judge-exchange.ts";
import { operationSchemas } from "./operation-schemas.ts";
import { PacedSender } from "./paced-sender.ts";
import type { RecordedExchange } from "./recorded-exchange.ts";
import { Recorder } from "./recorder.ts";
import type { Target } from "./target.ts";

export interface RecordedRunOptions {
  readonly contract: Contract;
  /** Name of the recording, for reports. */
  readonly file: string;
  readonly exchanges: readonly RecordedExchange[];
  /** What else the recording holds, by kind: told as not judged. */
  readonly skipped?: ReadonlyMap<string, number>;
  readonly checks?: readonly Check[];
  readonly maxResponseTimeMs?: number;
  readonly acceptedStatuses?: ReadonlyMap<string, ReadonlySet<number>>;
}

/**
 * Judges traffic that was recorded: what was due in answer to each request follows from the request itself, by the
 * oracle. Nothing is sent.
 */
export async function* runRecorded(options: RecordedRunOptions): AsyncGenerator<RunEvent, void, undefined> {
  const { contract, exchanges } = options;
  const oracle = new Oracle(contract);
  const paths = new PathTable(contract.operations.map(({ path }) => path));
  const chosen = options.checks ?? allChecks;
  const judge = new ExchangeJudge(contract, oracle, chosen, {
    maxResponseTimeMs: options.maxResponseTimeMs ?? 5_000,
    acceptedStatuses: options.acceptedStatuses ?? new Map(),
  });
  const target: Target = {
    kind: "har",
    address: options.file,
    send: () =>
      Promise.resolve({ failure: { code: "RECORDED", message: "nothing is sent for recorded traffic" } }),
    close: () => Promise.resolve(),
  };
  const recorder = new Recorder(contract, target, judge, new PacedSender(target, { timeoutMs: 0 }), 0);
  for (const operation of contract.operations) {
    for (const [pointer, direction] of operationSchemas(operation).schemas)
      oracle.declare(pointer, direction);
  }
  const { compiled, total } = oracle.compiled;
  const header: RunHeader = {
    contract: { title: contract.title, file: contract.file, sha256: contract.sha256 },
    target: { kind: "har", address: options.file },
    seed: 0,
    schemasCompiled: compiled,
    schemasTotal: total,
    operations: contract.operations.length,
    casesPlanned: exchanges.length,
    startedAt: new Date().toISOString(),
    checks: chosen.map(({ id, rule }) => ({ id, summary: rule })),
  };
  const start = performance.now();
  yield { type: "run-started", header };
  for (const item of contract.notJudged) yield* recorder.tell(item);
  for (const { id } of allChecks)
    if (!chosen.some((check) => check.id === id))
      yield* recorder.tell({ check: id, reason: "turned off for this run" });

  const byOperation = new Map<
    Operation,
    { readonly recorded: RecordedExchange; readonly testCase: Case }[]
  >();
  let strangers = 0;
  for (const recorded of exchanges) {
    const found = toCase(contract, oracle, paths, recorded);
    for (const reason of found?.notJudged ?? [])
      yield* recorder.tell({ ...(found ? { operation: found.operation.id } : {}), reason });
    if (!found) strangers++;
    else
      byOperation.set(found.operation, [
        ...(byOperation.get(found.operation) ?? []),
        { recorded, testCase: found.testCase },
      ]);
  }
  for (const [kind, count] of options.skipped ?? [])
    yield* recorder.tell({ reason: `${count} recorded entries are no HTTP exchange (${kind})` });
  if (strangers > 0)
    yield* recorder.tell({
      reason: `${strangers} of ${exchanges.length} recorded requests ask for no documented path`,
    });
  for (const operation of contract.operations) {
    const own = byOperation.get(operation) ?? [];
    yield { type: "operation-started", operation: operation.id, cases: own.length };
    for (const { recorded, testCase } of own) {
      for (const gap of recorded.gaps) yield* recorder.tell({ operation: operation.id, reason: gap });
      if (recorded.unusable !== undefined)
        yield* recorder.tell({ operation: operation.id, reason: recorded.unusable });
      else if (recorded.response)
        yield* recorder.record(
          operation,
          { case: testCase, response: recorded.response },
          baseUrl(recorded, testCase),
        );
      else if (recorded.failure)
        yield* recorder.record(
          operation,
          { case: testCase, failure: recorded.failure },
          baseUrl(recorded, testCase),
        );
    }
    if (own.length === 0)
      yield* recorder.tell({
        operation: operation.id,
        reason: "the recording has no request of this operation",
      });
    yield { type: "operation-finished", operation: operation.id, counts: recorder.countsOf(operation.id) };
  }
  yield {
    type: "run-finished",
    header,
    summary: recorder.summary(compiled === total, performance.now() - start),
  };
}

/** Where the request went, up to the path that the contract knows. */
function baseUrl(recorded: RecordedExchange, { request }: Case): string {
  const prefix = recorded.request.path.slice(0, recorded.request.path.length - request.path.length);
  return new URL(recorded.url).origin + prefix;
}

function toCase(
  contract: Contract,
  oracle: Oracle,
  paths: PathTable,
  recorded: RecordedExchange,
):
  | { readonly operation: Operation; readonly testCase: Case; readonly notJudged: readonly string[] }
  | undefined {
  for (const path of [recorded.request.path, ...withoutServerPath(contract, recorded.request.path)]) {
    const request: HttpRequest = { ...recorded.request, path };
    const judged = judgeRequest(contract, oracle, paths, request);
    const operation = judged.operation ?? contract.operations.find((other) => other.path === judged.path);
    if (!operation) continue;
    const { expectation, deviation } = due(judged, operation, request);
    const id = recorded.caseId ?? `${operation.id} › recorded at ${recorded.place}`;
    return {
      operation,
      notJudged: judged.notJudged,
      testCase: {
        id,
        operation: operation.id,
        phase: "recorded",
        expectation,
        request,
        ...(deviation ? { deviation } : {}),
      },
    };
  }
  return undefined;
}

function due(
  judged: JudgedRequest,
  operation: Operation,
  request: HttpRequest,
): { expectation: Expectation; deviation?: Deviation } {
  if (judged.operation === undefined) {
    const pointer = operation.pointer.slice(0, operation.pointer.lastIndexOf("/"));
    return {
      expectation: "unsupported-method",
      deviation: { pointer, keyword: "method", in: "method", name: request.method },
    };
  }
  const [violation] = judged.violations;
  if (!violation) return { expectation: judged.notJudged.length > 0 ? "unknown" : "accepted" };
  const { pointer, keyword, in: where, name } = violation;
  return {
    expectation: "rejected",
    deviation: { pointer, keyword, in: where, ...(name === undefined ? {} : { name }) },
  };
}

/** Recorded paths begin with the path of the server's address, which the contract's paths leave out. */
function withoutServerPath({ document }: Contract, path: string): string[] {
  return listOr(document["servers"]).flatMap((server) => {
    const url = objectOr(server)["url"];
    const prefix =
      typeof url === "string"
        ? new URL(url.replace(/\{[^}]*\}/g, "x"), "http://localhost").pathname.replace(/\/$/, "")
        : "";
    return prefix !== "" && path.startsWith(`${prefix}/`) ? [path.slice(prefix.length)] : [];
  });
}
