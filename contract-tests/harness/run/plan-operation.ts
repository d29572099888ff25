import type { Case } from "../cases/case.ts";
import type { CaseOptions } from "../cases/case-collector.ts";
import { type OperationCases, operationCases } from "../cases/operation-cases.ts";
import type { Check } from "../checks/check.ts";
import type { Contract, Operation } from "../contract/contract.ts";
import type { PathTable } from "../contract/match-operation.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import { isSafe } from "../http/loopback.ts";
import { messageOf } from "../http/message-of.ts";
import type { Oracle } from "../schema/oracle.ts";
import { limitCases } from "./limit-cases.ts";
import { schemaGaps } from "./operation-schemas.ts";
import type { TargetCapabilities } from "./target.ts";

export interface PlanOptions extends CaseOptions {
  readonly capabilities: TargetCapabilities;
  readonly allowWrites: boolean;
  readonly maxCases: number;
  readonly fuzzRuns: number;
  readonly repeats: number;
}

/** What will be sent for an operation, and what won't: by contract and limits, whatever the checks of a run add to it. */
export interface OperationPlan extends OperationCases {
  /** Random requests may be sent as well. */
  readonly fuzz: boolean;
}

/** Plans one operation: its schemas compiled, its cases made, those left out told. A plan that fails is told, and empty. */
export function planOperation(...given: Parameters<typeof plannedOperation>): OperationPlan {
  try {
    return plannedOperation(...given);
  } catch (error) {
    const [, , , { id }] = given;
    const notJudged = [{ operation: id, reason: `the operation couldn't be planned: ${messageOf(error)}` }];
    return { cases: [], fuzz: false, purposes: new Map(), parts: new Map(), notJudged };
  }
}

function plannedOperation(
  contract: Contract,
  oracle: Oracle,
  paths: PathTable,
  operation: Operation,
  options: PlanOptions,
): OperationPlan {
  const told: NotJudged[] = [...schemaGaps(oracle, operation)];
  const { methods } = options.capabilities;
  if (methods && !methods.has(operation.method)) {
    const reason = `the mock doesn't support the method ${operation.method}: judge a server that does with --target`;
    const none = { cases: [], purposes: new Map(), parts: new Map(), fuzz: false };
    return { ...none, notJudged: [...told, { operation: operation.id, reason }] };
  }
  const made = derivedCases(contract, oracle, paths, operation, options);
  told.push(...made.notJudged);
  const sendable = sendableCases(made.cases, options, (reason) =>
    told.push({ operation: operation.id, reason }),
  );
  const cases = limitCases(sendable, made.purposes, options.maxCases);
  if (cases.length < sendable.length)
    told.push({
      operation: operation.id,
      reason: `${sendable.length - cases.length} of ${sendable.length} cases exceed the limit per operation (--max-cases ${options.maxCases})`,
    });
  const fuzz =
    options.phases.has("fuzzing") &&
    options.fuzzRuns > 0 &&
    made.base !== undefined &&
    mayBeSent(operation.method, options);
  return { ...made, cases, notJudged: told, fuzz };
}

/** What can't be derived is told; it ends neither the plan nor the run. */
function derivedCases(
  contract: Contract,
  oracle: Oracle,
  paths: PathTable,
  operation: Operation,
  options: PlanOptions,
): OperationCases {
  try {
    return operationCases(contract, oracle, paths, operation, options);
  } catch (error) {
    const reason = `no case could be derived: ${messageOf(error)}`;
    return {
      cases: [],
      purposes: new Map(),
      parts: new Map(),
      notJudged: [{ operation: operation.id, reason }],
    };
  }
}

/**
 * The cases and the checks' probes, in the order in which they are sent: each followed by as many repeats of it as the check
 * that asks for most of them wants. A static mock is sent no probes.
 */
export function withProbes(
  cases: readonly Case[],
  checks: readonly Check[],
  { capabilities, repeats }: Pick<PlanOptions, "capabilities" | "repeats">,
  tell: (check: string, reason: string) => void = () => undefined,
): readonly Case[] {
  if (capabilities.isStatic) return cases;
  const wanted = new Map<Case, number>();
  for (const check of checks) {
    const own = new Map<Case, number>();
    try {
      for (const probe of check.probes?.(cases, repeats) ?? []) own.set(probe, (own.get(probe) ?? 0) + 1);
    } catch (error) {
      tell(check.id, `its probes couldn't be derived: ${messageOf(error)}`);
      continue;
    }
    for (const [probe, count] of own) wanted.set(probe, Math.max(count, wanted.get(probe) ?? 0));
  }
  const planned = new Set(cases);
  const others = [...wanted].filter(([probe]) => !planned.has(probe));
  return [
    ...cases.flatMap((testCase) => [testCase, ...Array<Case>(wanted.get(testCase) ?? 0).fill(testCase)]),
    ...others.flatMap(([probe, count]) => Array<Case>(count).fill(probe)),
  ];
}

function mayBeSent(method: string, { capabilities, allowWrites }: PlanOptions): boolean {
  return isSafe(method) || allowWrites || capabilities.allowsWrites;
}

function sendableCases(
  cases: readonly Case[],
  options: PlanOptions,
  tell: (reason: string) => void,
): readonly Case[] {
  // A static mock knows no credentials: a wrong one can't be told from a right one.
  const fitting = options.capabilities.isStatic
    ? cases.filter(({ deviation }) => !(deviation?.in === "security" && deviation.name !== "missing"))
    : cases;
  const sendable = fitting.filter(({ request }) => mayBeSent(request.method, options));
  const left = fitting.length - sendable.length;
  if (left > 0)
    tell(`${left} cases may change data on a server that isn't on this machine: they need --allow-writes`);
  return sendable;
}
