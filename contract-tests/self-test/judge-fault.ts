import type { Fault } from "../../src/simulator/handler.ts";
import { checks } from "../harness/checks/registry.ts";
import { RunMemory } from "../harness/run/run-memory.ts";
import { type HarnessResult, runAgainst } from "./run-against.ts";
import type { ScoredContract } from "./scored-contract.ts";

const seed = 1;
const memories = new WeakMap<ScoredContract, RunMemory>();

/** A fault, and the operations that it concerns. */
export type Tried = Fault & { readonly operations?: readonly string[] };

interface How {
  readonly checkIds?: readonly string[];
  readonly untilCaught?: boolean;
}

/** What the harness finds in a provider with a fault, by its examples and the coverage of its rules. */
export function judge(
  scored: ScoredContract,
  fault: Tried,
  { checkIds, untilCaught }: How = {},
): Promise<HarnessResult> {
  return runAgainst({
    contract: scored.contract,
    memory: memoryOf(scored),
    handler: fault.wrap(scored.provider()),
    seed,
    // Random requests are the fault score's: what is proven here holds without luck.
    phases: ["examples", "coverage"],
    remembers: scored.remembers ?? false,
    inHaste: fault.caughtBy.includes("max-response-time"),
    ...(untilCaught && { untilCaughtBy: fault.caughtBy }),
    ...(checkIds && { checks: checks.filter(({ id }) => checkIds.includes(id)) }),
    ...(fault.operations && { operations: fault.operations }),
  });
}

/** The checks that findings are of, each once. */
export const checksOf = (findings: HarnessResult["errors"]) => [
  ...new Set(findings.map(({ check }) => check)),
];

/** What one run works out of a contract serves the others. */
function memoryOf(scored: ScoredContract): RunMemory {
  const memory = memories.get(scored) ?? new RunMemory(scored.contract);
  memories.set(scored, memory);
  return memory;
}
