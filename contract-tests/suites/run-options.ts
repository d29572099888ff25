import { checks } from "../checks/registry.ts";
import type { Contract } from "../contract/contract.ts";
import type { RunOptions } from "../engine/run.ts";
import type { Target } from "../targets/target.ts";
import type { SuiteSettings } from "./suite-settings.ts";

/** Settings that crossed a thread, as the engine takes them. */
export function runOptions(settings: SuiteSettings, contract: Contract, target: Target): RunOptions {
  const {
    contractFile: _file,
    target: _target,
    harFile: _har,
    channel: _channel,
    checks: ids,
    acceptedStatuses,
    ...plain
  } = settings;
  return {
    ...plain,
    contract,
    target,
    ...(ids === undefined ? {} : { checks: checks.filter(({ id }) => ids.includes(id)) }),
    ...(acceptedStatuses === undefined
      ? {}
      : {
          acceptedStatuses: new Map(acceptedStatuses.map(([check, statuses]) => [check, new Set(statuses)])),
        }),
  };
}
