import { resourceMap } from "../cases/resources.ts";
import { checks as allChecks } from "../checks/registry.ts";
import { countRequests } from "../run/count-requests.ts";
import { confirmations, maxShrinks, mostFreshThings } from "../run/limits.ts";
import { planOptions } from "../run/run.ts";
import type { RunOptions } from "../run/run-options.ts";
import type { Target } from "../run/target.ts";

/** What is about to be sent to somebody else's server: how many requests, which methods, which limits. */
export async function planText(options: RunOptions, { address, capabilities }: Target): Promise<string> {
  const { contract, maxRequests, rate } = options;
  const plan = planOptions(options, capabilities, contract.operations.length);
  const counts = await countRequests({ ...options, checks: options.checks ?? allChecks }, capabilities);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const methods = [...counts].map(([method, count]) => `${method} ${count}`).join(", ") || "nothing";
  const limits = [
    maxRequests === undefined ? "" : `, at most ${maxRequests} in all`,
    rate === undefined ? "" : `, at most ${rate} per second`,
  ].join("");
  const isPlayed = plan.phases.has("coverage") && resourceMap(contract).resources.some(({ make }) => make);
  const sequences = !isPlayed
    ? ""
    : plan.allowWrites || capabilities.allowsWrites
      ? "; some are sequences that create, change and delete their own resources"
      : "; some are sequences that read and list";
  const more = `each new finding's request is repeated ${confirmations} times, and a failing random request is reduced with up to ${maxShrinks} more, and where a resource is used up up to ${mostFreshThings} others per operation take its place`;
  return `plan      ${new URL(address).origin} isn't on this machine: up to ${total} requests (${methods})${limits}${sequences}; ${more}\n\n`;
}
