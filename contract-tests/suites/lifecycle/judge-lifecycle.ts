import { tokenDoors } from "../../../src/simulator/token-door.ts";
import type { LifecycleProvider } from "./lifecycle-provider.ts";
import { lifecycleRules, type RuleVerdict } from "./lifecycle-rules.ts";

export interface RuleResult {
  readonly rule: string;
  readonly promise: string;
  readonly service: string;
  readonly verdict: RuleVerdict;
}

/** How many tokens a provider is asked for when all rules are judged at all services. */
export const tokensNeeded = lifecycleRules.reduce((sum, { tokens }) => sum + tokens, 0) * tokenDoors.length;

/**
 * Judges every rule at every service, one after the other, so that a provider's own limits are not what is found.
 *
 * @throws {Error} when no token can be had: then nothing can be judged.
 */
export async function* judgeLifecycle(provider: LifecycleProvider): AsyncGenerator<RuleResult> {
  for (const { id, promise, judge } of lifecycleRules) {
    for (const door of tokenDoors) {
      yield { rule: id, promise, service: door.service, verdict: await judge(provider, door) };
    }
  }
}
