import type { SuiteSettings } from "../../suites/suite-settings.ts";
import type { Contract } from "../contract/contract.ts";
import { requestsByMethod } from "../run/plan-operation.ts";
import { planOptions, shardOf } from "../run/run.ts";

/** What is about to be sent to somebody else's server: how many requests, which methods, which limits. */
export function planText(contract: Contract, settings: SuiteSettings, address: string): string {
  const { phases, headers, allowWrites, maxCases, fuzzRuns, maxRequests, rate } = settings;
  const plan = planOptions(
    {
      target: { kind: "url", address },
      ...(phases ? { phases } : {}),
      ...(headers ? { headers } : {}),
      ...(allowWrites === undefined ? {} : { allowWrites }),
      ...(maxCases === undefined ? {} : { maxCases }),
      ...(fuzzRuns === undefined ? {} : { fuzzRuns }),
    },
    contract.operations.length,
  );
  const counts = requestsByMethod(contract, shardOf(contract.operations, settings.shard), plan);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const methods = [...counts].map(([method, count]) => `${method} ${count}`).join(", ") || "nothing";
  const limits = [
    maxRequests === undefined ? "" : `, at most ${maxRequests} in all`,
    rate === undefined ? "" : `, at most ${rate} a second`,
  ].join("");
  return `plan      ${address} isn't on this machine: up to ${total} requests (${methods})${limits}; each new finding repeats its request twice\n\n`;
}
