import { checks } from "../harness/checks/registry.ts";
import type { RunOptions } from "../harness/run/run.ts";
import type { SuiteSettings } from "./suite-settings.ts";

/** Settings that crossed a thread, as the engine takes them. */
export function runOptions(settings: SuiteSettings): Omit<RunOptions, "contract" | "target"> {
  const {
    contractFile: _file,
    target: _target,
    channel: _channel,
    checks: ids,
    acceptedStatuses,
    ...plain
  } = settings;
  return {
    ...plain,
    ...(ids === undefined ? {} : { checks: checks.filter(({ id }) => ids.includes(id)) }),
    ...(acceptedStatuses === undefined
      ? {}
      : {
          acceptedStatuses: new Map(acceptedStatuses.map(([check, statuses]) => [check, new Set(statuses)])),
        }),
  };
}
