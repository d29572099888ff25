import type { Contract, Operation } from "../contract/contract.ts";
import type { PathTable } from "../contract/match-operation.ts";
import type { NotJudged } from "../contract/not-judged.ts";
import { BeyondBudget } from "../schema/budget.ts";
import type { Oracle } from "../schema/oracle.ts";
import type { RequestParts } from "../wire/request-parts.ts";
import { baseRequest, bodyValue, parameterValue } from "./base-request.ts";
import { addBodyCases } from "./body-cases.ts";
import type { Case } from "./case.ts";
import { CaseCollector, type CaseOptions, type Purpose } from "./case-collector.ts";
import { addExampleCases } from "./example-cases.ts";
import { addMethodCases } from "./method-cases.ts";
import { addParameterCases } from "./parameter-cases.ts";
import { addSecurityCases } from "./security-cases.ts";

export interface OperationCases {
  readonly cases: readonly Case[];
  readonly purposes: ReadonlyMap<string, Purpose>;
  /** What cases were put together from, by their ids: some are put together anew, with what the server has made. */
  readonly parts: ReadonlyMap<string, RequestParts>;
  /** The smallest valid request, from which fuzzing starts; undefined when none could be made. */
  readonly base?: RequestParts;
  /** The same with everything that is optional. */
  readonly full?: RequestParts;
  readonly notJudged: readonly NotJudged[];
}

/**
 * The cases of one operation: its examples, both sides of each constraint, methods and credentials. No randomness. Those
 * that would take more than may be spent on an operation are told as not judged.
 */
export function operationCases(
  contract: Contract,
  oracle: Oracle,
  paths: PathTable,
  operation: Operation,
  options: CaseOptions,
): OperationCases {
  try {
    return oracle.budget.within(operation.id, () =>
      derivedCases(contract, oracle, paths, operation, options),
    );
  } catch (error) {
    if (!(error instanceof BeyondBudget)) throw error;
    const reason = `no case is generated: ${error.message}`;
    return {
      cases: [],
      purposes: new Map(),
      parts: new Map(),
      notJudged: [{ operation: operation.id, reason }],
    };
  }
}

function derivedCases(
  contract: Contract,
  oracle: Oracle,
  paths: PathTable,
  operation: Operation,
  options: CaseOptions,
): OperationCases {
  const collector = new CaseCollector(contract, oracle, paths, operation, options);
  const base = baseRequest(collector);
  const full = base && withEverything(collector, base);
  if (base && full) withinBudget(collector, () => addCases(collector, base, full));
  return {
    cases: [...collector.cases.values()],
    purposes: collector.purposes,
    parts: collector.parts,
    ...(full ? { full } : {}),
    notJudged: collector.notJudged,
    ...(base ? { base } : {}),
  };
}

function addCases(collector: CaseCollector, base: RequestParts, full: RequestParts): void {
  const { operation, options } = collector;
  if (options.phases.has("examples")) addExampleCases(collector, base);
  if (options.phases.has("coverage")) {
    collector.accepted("coverage", "valid", base);
    collector.accepted("coverage", "valid, with everything optional", full);
    for (const parameter of operation.parameters) addParameterCases(collector, base, parameter);
    addBodyCases(collector, base);
    addSecurityCases(collector, base);
    addMethodCases(collector, base);
  }
}

/** Cases that were made before the allowance is used up stay. */
function withinBudget(collector: CaseCollector, add: () => void): void {
  try {
    add();
  } catch (error) {
    if (!(error instanceof BeyondBudget)) throw error;
    const { operation, cases } = collector;
    collector.skip(operation.pointer, `only ${cases.size} cases were derived: ${error.message}`);
  }
}

/** Every optional parameter and property at once. */
function withEverything(collector: CaseCollector, base: RequestParts): RequestParts {
  const { operation } = collector;
  const parameters = new Map(base.parameters);
  for (const parameter of operation.parameters) {
    if (parameters.has(parameter) || parameter.credential) continue;
    const made = parameterValue(collector, parameter);
    if (made) parameters.set(parameter, made.value);
    else
      collector.skip(
        parameter.pointer,
        `no valid value was found for the ${parameter.in} parameter ${parameter.name}`,
      );
  }
  const [mediaType] = operation.requestBody?.contents ?? [];
  const body = mediaType && (bodyValue(collector, mediaType, true) ?? bodyValue(collector, mediaType, false));
  return { ...base, parameters, ...(body ? { body } : {}) };
}
