import { resourceMap } from "../cases/resources.ts";
import type { Check } from "../checks/check.ts";
import { checks as allChecks } from "../checks/registry.ts";
import { chooseOperations } from "../run/choose-operations.ts";
import { OperationEntries } from "../run/operation-entry.ts";
import { operationPlans } from "../run/operation-plans.ts";
import { requestsByMethod } from "../run/plan-operation.ts";
import { planOptions } from "../run/run.ts";
import type { RunOptions } from "../run/run-options.ts";
import type { Target } from "../run/target.ts";
import { Oracle } from "../schema/oracle.ts";

/** What is about to be sent to somebody else's server: how many requests, which methods, which limits. */
export function planText(options: RunOptions, { address, capabilities }: Target): string {
  const { contract, maxRequests, rate } = options;
  const plan = planOptions(options, capabilities, contract.operations.length);
  const checks: readonly Check[] = options.checks ?? allChecks;
  const oracle = new Oracle(contract);
  const plans = operationPlans(plan, oracle, new OperationEntries(contract, options.entries), options);
  const { operations } = chooseOperations(contract, options);
  const counts = requestsByMethod(contract, operations, plans, checks, oracle);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const methods = [...counts].map(([method, count]) => `${method} ${count}`).join(", ") || "nothing";
  const limits = [
    maxRequests === undefined ? "" : `, at most ${maxRequests} in all`,
    rate === undefined ? "" : `, at most ${rate} a second`,
  ].join("");
  const isPlayed = plan.phases.has("coverage") && resourceMap(contract).resources.some(({ make }) => make);
  const sequences = !isPlayed
    ? ""
    : plan.allowWrites || capabilities.allowsWrites
      ? "; beyond these, sequences make, change and delete things of their own"
      : "; beyond these, sequences read and list";
  return `plan      ${new URL(address).origin} isn't on this machine: up to ${total} requests (${methods})${limits}; each new finding repeats its request twice${sequences}\n\n`;
}
