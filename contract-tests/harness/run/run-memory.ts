import type { Contract } from "../contract/contract.ts";
import { Oracle } from "../schema/oracle.ts";
import type { OperationPlan } from "./plan-operation.ts";

/**
 * What runs on one contract can share when they differ in the target alone, not in phases, headers or limits: compiled
 * schemas and planned cases.
 */
export class RunMemory {
  readonly oracle: Oracle;
  /** By operation id. */
  readonly plans = new Map<string, OperationPlan>();

  /** @param oracle of the contract, where there is one already */
  constructor(contract: Contract, oracle: Oracle = new Oracle(contract)) {
    this.oracle = oracle;
  }
}
