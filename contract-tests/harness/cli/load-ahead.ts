import { existsSync } from "node:fs";
import { loadPrismAhead } from "../targets/prism-thread.ts";
import { configFileName } from "./config-file-name.ts";

/**
 * Starts to load the mock if these arguments will need one. That takes about a second, as does loading the
 * command: called before that, it turns two seconds into one.
 */
export function loadAhead(args: readonly string[]): void {
  // What a configuration file says isn't known yet.
  if (existsSync(configFileName) || ["replay", "proxy", "between"].includes(args[0] ?? "")) return;
  if (!args.some((arg) => /^--(target|server-variable|har|merge|help|version|config)\b/.test(arg)))
    loadPrismAhead();
}
