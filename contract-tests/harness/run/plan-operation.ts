import type { Case, CasePhase } from "../cases/case.ts";
import { type OperationCases, operationCases } from "../cases/operation-cases.ts";
import type { Contract, Operation } from "../contract/contract.ts";
import { PathTable } from "../contract/match-operation.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import { isLoopback, isSafe } from "../http/loopback.ts";
import type { HeaderLine } from "../http/message.ts";
import { Oracle } from "../schema/oracle.ts";
import { limitCases } from "./limit-cases.ts";
import { operationSchemas } from "./operation-schemas.ts";

export interface PlanOptions {
  readonly target: { readonly kind: string; readonly address: string };
  readonly phases: ReadonlySet<CasePhase>;
  readonly headers: readonly HeaderLine[];
  readonly allowWrites: boolean;
  readonly maxCases: number;
  readonly fuzzRuns: number;
  readonly repeats: number;
}

/** What will be sent for an operation, and what won't. */
export interface OperationPlan extends OperationCases {
  /** Random requests may be sent as well. */
  readonly fuzz: boolean;
}

/** Plans one operation: its schemas compiled, its cases made, those left out told. */
export function planOperation(
  contract: Contract,
  oracle: Oracle,
  paths: PathTable,
  operation: Operation,
  options: PlanOptions,
): OperationPlan {
  const { schemas, notJudged } = operationSchemas(operation);
  const told: NotJudged[] = [...notJudged];
  for (const [pointer, direction] of schemas) {
    const problem = oracle.declare(pointer, direction);
    if (problem !== undefined) told.push({ operation: operation.id, pointer, reason: problem });
  }
  const made = operationCases(contract, oracle, paths, operation, options);
  told.push(...made.notJudged);
  const sendable = sendableCases(made.cases, operation, options, told);
  const cases = limitCases(sendable, made.purposes, options.maxCases);
  if (cases.length < sendable.length)
    told.push({
      operation: operation.id,
      reason: `${sendable.length - cases.length} of ${sendable.length} cases are above the limit for each operation (--max-cases ${options.maxCases})`,
    });
  const fuzz =
    options.phases.has("fuzzing") &&
    options.fuzzRuns > 0 &&
    made.base !== undefined &&
    mayBeSent(operation.method, options);
  return { cases, purposes: made.purposes, notJudged: told, fuzz, ...(made.base ? { base: made.base } : {}) };
}

function mayBeSent(method: string, { target, allowWrites }: PlanOptions): boolean {
  return isSafe(method) || allowWrites || isLoopback(target.address);
}

function sendableCases(
  cases: readonly Case[],
  operation: Operation,
  options: PlanOptions,
  told: NotJudged[],
): readonly Case[] {
  // A static mock knows no credentials: a wrong one can't be told from a right one.
  const fitting =
    options.target.kind === "prism"
      ? cases.filter(({ deviation }) => !(deviation?.in === "security" && deviation.name === "wrong"))
      : cases;
  const sendable = fitting.filter(({ request }) => mayBeSent(request.method, options));
  const left = fitting.length - sendable.length;
  if (left > 0)
    told.push({
      operation: operation.id,
      reason: `${left} cases may change something on a server that isn't on this machine: they need --allow-writes`,
    });
  return sendable;
}

/** How many requests a whole plan sends, by method; fuzzing and repeats are counted at their most. */
export function requestsByMethod(
  contract: Contract,
  operations: readonly Operation[],
  options: PlanOptions,
): ReadonlyMap<string, number> {
  const oracle = new Oracle(contract);
  const paths = new PathTable(contract.operations.map(({ path }) => path));
  const counts = new Map<string, number>();
  const add = (method: string, count: number) =>
    count > 0 && counts.set(method, (counts.get(method) ?? 0) + count);
  for (const operation of operations) {
    const { cases, fuzz } = planOperation(contract, oracle, paths, operation, options);
    for (const { request } of cases) add(request.method, 1);
    if (cases.some(({ expectation }) => expectation === "accepted")) add(operation.method, options.repeats);
    if (fuzz) add(operation.method, options.fuzzRuns);
  }
  return counts;
}
